package io.plumbline.connector.mssql.tds;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/** What T-SQL says of transactions, done on the backend's connection. */
final class Transactions {
  private static final String ISOLATION = "set transaction isolation level ";

  /** H2's number for it, which is not the driver's. */
  private static final int SNAPSHOT = 6;

  private final Connection backend;
  private final Commit commit;
  private boolean implicit;

  Transactions(Connection backend, Commit commit) {
    this.backend = backend;
    this.commit = commit;
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
  }

  private void rollback() throws SQLException {
    if (!backend.getAutoCommit()) {
      backend.rollback();
      backend.setAutoCommit(!implicit);
    }
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
