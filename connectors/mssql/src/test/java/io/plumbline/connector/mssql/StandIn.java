package io.plumbline.connector.mssql;

import io.plumbline.connector.tck.SharedSystem;

/** One H2 for all tests of the JVM. */
final class StandIn extends SharedSystem {
  StandIn() {
    super(new MssqlConnector());
  }
}
