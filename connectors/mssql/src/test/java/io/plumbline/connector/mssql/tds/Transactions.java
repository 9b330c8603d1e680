package io.plumbline.connector.mssql.tds;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What T-SQL says of transactions, done on the backend's connection. */
final class Transactions implements AutoCloseable {
  private static final String ISOLATION = "set transaction isolation level ";

  /** H2's number for it, which is not the driver's. */
  private static final int SNAPSHOT = 6;

  private static final int PATIENCE_SECONDS = 60;

  private final Connection backend;
  private final Commit commit;
  private final Semaphore definitions;
  private boolean implicit;
  private boolean defining;

  /**
   * Definitions of all sessions come in turn, because H2 has two locks for them in either order.
   */
  Transactions(Connection backend, Commit commit, Semaphore definitions) {
    this.backend = backend;
    this.commit = commit;
    this.definitions = definitions;
  }

  /** Commits. */
  @FunctionalInterface
  interface Commit {
    void of(Connection backend) throws SQLException;
  }

  /** Does a SET and whatever begins or ends a transaction; false for any other statement. */
  boolean does(String statement) throws SQLException {
    String plain = Tsql.plain(statement);
    if (plain.startsWith(ISOLATION)) {
      backend.setTransactionIsolation(isolation(plain.substring(ISOLATION.length())));
    } else if (plain.startsWith("set implicit_transactions ")) {
      implicit = plain.startsWith("on", "set implicit_transactions ".length());
      backend.setAutoCommit(!implicit);
    } else if (plain.matches("begin tran(saction)?")) {
      begin();
    } else if (plain.matches("(if @@trancount > 0 )?commit( tran(saction)?.*| work)?")) {
      commit();
    } else if (plain.matches("(if @@trancount > 0 )?rollback( tran(saction)?| work)?")) {
      rollback();
    } else {
      return plain.startsWith("set ");
    }
    return true;
  }

  private static int isolation(String level) {
    return switch (level) {
      case "read uncommitted" -> Connection.TRANSACTION_READ_UNCOMMITTED;
      case "repeatable read" -> Connection.TRANSACTION_REPEATABLE_READ;
      case "serializable" -> Connection.TRANSACTION_SERIALIZABLE;
      case "snapshot" -> SNAPSHOT;
      default -> Connection.TRANSACTION_READ_COMMITTED;
    };
  }

  private void begin() throws SQLException {
    backend.setAutoCommit(false);
  }

  private void commit() throws SQLException {
    if (!backend.getAutoCommit()) {
      commit.of(backend);
      backend.setAutoCommit(!implicit);
    }
    defined();
  }

  private void rollback() throws SQLException {
    if (!backend.getAutoCommit()) {
      backend.rollback();
      backend.setAutoCommit(!implicit);
    }
    defined();
  }

  /** Takes the turn for a definition, which lasts as long as its transaction. */
  <X extends Exception> long define(Work<X> definition) throws SQLException, X {
    take();
    try {
      return definition.run();
    } finally {
      if (backend.getAutoCommit()) {
        defined();
      }
    }
  }

  private void take() throws SQLException {
    try {
      if (!defining && !definitions.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new SQLException("another session has not ended its definition");
      }
      defining = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("cancelled while another session defined something", "57014", e);
    }
  }

  private void defined() {
    if (defining) {
      defining = false;
      definitions.release();
    }
  }

  /** The session is over. */
  @Override
  public void close() {
    defined();
  }

  /** Something that is done as a whole or not at all. */
  interface Work<X extends Exception> {
    long run() throws SQLException, X;
  }

  <X extends Exception> long whole(Work<X> work) throws SQLException, X {
    boolean alone = backend.getAutoCommit();
    begin();
    @Nullable Savepoint before = alone ? null : backend.setSavepoint();
    boolean done = false;
    try {
      long count = work.run();
      done = true;
      return count;
    } finally {
      if (before == null) {
        end(done);
      } else if (!done) {
        backend.rollback(before);
      }
    }
  }

  private void end(boolean done) throws SQLException {
    if (done) {
      commit();
    } else {
      rollback();
    }
  }
}
