package io.plumbline.connector.bigquery;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.plumbline.connector.bigquery.service.RestServer;
import io.plumbline.connector.tck.SharedSystem;

/** A small server for all tests of the JVM, where GoogleSQL's analyzer can be had. */
final class Lab extends SharedSystem {
  Lab() {
    super(new PlayedSource(), PlayedSource.Running.class);
  }

  @Override
  protected void assumeAvailable() {
    assumeThat(RestServer.missing()).isEmpty();
  }
}
