package io.plumbline.connector.postgres;

import io.plumbline.connector.postgres.Endpoint.Purpose;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * One connection with the settings that make its text canonical (UTC, ISO-8601 intervals), and
 * failures as unchecked exceptions. Used by one thread; {@link #cancel} may come from another.
 */
final class Session implements AutoCloseable {
  private static final String SETTINGS =
      "SET TIME ZONE 'UTC'; SET intervalstyle TO 'iso_8601'; SET datestyle TO 'ISO, YMD'; "
          + "SET bytea_output TO 'hex'; SET extra_float_digits TO 1; SET client_min_messages TO 'warning'";

  private static final Logger LOST = Logger.getLogger(Session.class.getName());

  private final Connection connection;
  private final String who;
  private final Consumer<Session> closed;

  private Session(Connection connection, String who, Consumer<Session> closed) {
    this.connection = connection;
    this.who = who;
    this.closed = closed;
  }

  /** Reads a row of a result. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** A session of the harness, which waits for no lock without end: nobody interrupts it. */
  static Session open(Endpoint endpoint, String applicationName) {
    Session session = open(endpoint, applicationName, Purpose.STATEMENTS, closed -> {});
    session.execute("SET lock_timeout TO '60s'");
    return session;
  }

  static Session open(
      Endpoint endpoint, String applicationName, Purpose purpose, Consumer<Session> closed) {
    Session session;
    try {
      session = new Session(endpoint.connect(applicationName, purpose), applicationName, closed);
    } catch (SQLException e) {
      String doing = "connecting as '" + applicationName + "'";
      // The driver waits for a connection in a way that hides who ended the wait.
      if (Thread.currentThread().isInterrupted()) {
        CancellationException cancelled =
            new CancellationException("Interrupted while " + doing + ".");
        cancelled.initCause(e);
        throw cancelled;
      }
      throw PostgresException.of(e, doing);
    }
    if (purpose != Purpose.REPLICATION) {
      session.execute(SETTINGS);
    }
    return session;
  }

  Connection connection() {
    return connection;
  }

  CopyManager copy() {
    try {
      return driver().getCopyAPI();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  PGConnection driver() {
    try {
      return connection.unwrap(PGConnection.class);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  int update(String sql, Object... parameters) {
    try (PreparedStatement statement = prepare(sql, parameters)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  <T> List<T> query(RowReader<T> reader, String sql, Object... parameters) {
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet result = statement.executeQuery()) {
      List<T> rows = new java.util.ArrayList<>();
      while (result.next()) {
        rows.add(reader.read(result));
      }
      return rows;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** The first column of the only row; empty when there is no row or it is NULL. */
  Optional<String> text(String sql, Object... parameters) {
    return query(row -> Optional.ofNullable(row.getString(1)), sql, parameters).stream()
        .findFirst()
        .flatMap(value -> value);
  }

  /** The first column of a row that must be there. */
  long number(String sql, Object... parameters) {
    return Long.parseLong(text(sql, parameters).orElse("0"));
  }

  private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setString(i + 1, parameters[i].toString());
    }
    return statement;
  }

  void begin() {
    try {
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Begins a transaction that sees one point in time and changes nothing. */
  void beginSnapshot() {
    begin();
    execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
  }

  void commit() {
    try {
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Ends the statement that runs, if any; called by another thread. */
  void cancel() {
    try {
      driver().cancelQuery();
    } catch (SQLException | RuntimeException e) {
      LOST.log(Level.FINE, e, () -> "A statement of '" + who + "' was over before it was ended.");
    }
  }

  RuntimeException failure(SQLException e) {
    try {
      // The driver does not always say 08… when a stream broke under it.
      if (connection.isClosed()) {
        return new io.plumbline.matrix.connector.SystemFailureException(
            PostgresTypes.FAMILY, "The connection of '" + who + "' was lost.", e);
      }
    } catch (SQLException closed) {
      e.addSuppressed(closed);
    }
    return PostgresException.of(e, "serving '" + who + "'");
  }

  /** Rolls back what was not committed, and disconnects. */
  @Override
  public void close() {
    closed.accept(this);
    try {
      connection.close();
    } catch (SQLException e) {
      // The server was gone before we could say goodbye; whoever needed it has been told.
      LOST.log(Level.FINE, e, () -> "The connection of '" + who + "' was lost before its close.");
    }
  }
}
