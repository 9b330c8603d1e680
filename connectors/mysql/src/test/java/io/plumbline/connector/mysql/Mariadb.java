package io.plumbline.connector.mysql;

import io.plumbline.connector.tck.SharedSystem;

/** One MariaDB for all tests of the JVM. */
final class Mariadb extends SharedSystem {
  Mariadb() {
    super(new MysqlConnector());
  }
}
