package io.plumbline.connector.mssql;

import io.plumbline.connector.jdbc.Endpoint;
import io.plumbline.connector.tck.SqlBadDaysContract;
import io.plumbline.matrix.connector.RunningSystem;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * An H2 of a test's own, whatever the mover reaches it by.
 *
 * @param database where somebody else connects
 */
record OwnServer(RunningSystem system, Endpoint database, Runnable death, Runnable revival)
    implements SqlBadDaysContract.SqlServer {

  /** Readers of older versions never wait; writers wait for the rows. */
  static List<String> lock(List<String> tables) {
    return tables.stream().map("SELECT 1 FROM %s FOR UPDATE"::formatted).toList();
  }

  @Override
  public Connection connect() throws SQLException {
    return database.connect();
  }

  /** What dies is opened again by the next connection. */
  @Override
  public boolean alive() {
    return true;
  }

  @Override
  public void kill() {
    death.run();
  }

  @Override
  public void restart() {
    revival.run();
  }

  @Override
  public void close() {
    system.close();
  }
}
