package io.plumbline.connector.bigquery;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SystemInfo;

/** A project that was found, in BigQuery or in what plays it. */
final class BigquerySystem implements RunningSystem {
  /** Of the API: neither the service nor an emulator tells one of its own. */
  private static final String VERSION = "v2";

  private final Service service;
  private final SystemInfo info;

  /** A project that answers. */
  BigquerySystem(Endpoint endpoint) {
    this.service = new Service(endpoint);
    // Whoever plays BigQuery may have been there before, and is no more BigQuery for that.
    this.info =
        endpoint.service()
            ? new SystemInfo(BigqueryTypes.FAMILY, "BigQuery", VERSION, EvidenceLevel.EXTERNAL)
            : new SystemInfo(
                BigqueryTypes.FAMILY, "BigQuery emulator", VERSION, EvidenceLevel.CONTAINER);
    try {
      service.requireProject();
    } catch (RuntimeException e) {
      try (service) {
        throw e;
      }
    }
  }

  Service service() {
    return service;
  }

  @Override
  public SystemInfo info() {
    return info;
  }

  @Override
  public Source openSource(CaseScope scope) {
    throw new UnsupportedOperationException("bigquery is no source.");
  }

  @Override
  public Sink openSink(CaseScope scope) {
    return BigquerySink.open(service, scope);
  }

  @Override
  public void close() {
    service.close();
  }
}
