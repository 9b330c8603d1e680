package io.plumbline.connector.mysql;

import io.plumbline.connector.jdbc.tck.SharedSystem;

/** One MariaDB for all tests of the JVM. */
final class Mariadb extends SharedSystem {
  Mariadb() {
    super(new MysqlConnector());
  }
}
