package io.plumbline.connector.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * One connection with its product's settings, and failures as unchecked exceptions. Used by one
 * thread; {@link #cancel} and {@link #abort} may come from another.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class Session implements AutoCloseable {
  private static final Logger LOST = Logger.getLogger(Session.class.getName());

  private final JdbcDialect dialect;
  private final Connection connection;
  private final String who;
  private final Consumer<Session> closed;
  private volatile @Nullable Cancel running;
  private boolean inTransaction;

  /** It has the turn to define. */
  private boolean defines;

  private Session(
      JdbcDialect dialect, Connection connection, String who, Consumer<Session> closed) {
    this.dialect = dialect;
    this.connection = connection;
    this.who = who;
    this.closed = closed;
  }

  /** Reads a row of a result. */
  @FunctionalInterface
  public interface RowReader<T> {
    /** Reads the row at which the result stands. */
    T read(ResultSet row) throws SQLException;
  }

  /** Something that fails with the driver's own exception. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it. */
    T run() throws SQLException;
  }

  /** Ends what a session waits for; called by another thread. */
  @FunctionalInterface
  private interface Cancel {
    void run() throws SQLException;
  }

  /** A session of the harness, named in messages. */
  static Session open(JdbcDialect dialect, Endpoint endpoint, String who) {
    return open(dialect, endpoint, who, session -> {});
  }

  static Session open(
      JdbcDialect dialect, Endpoint endpoint, String who, Consumer<Session> closed) {
    Connection connection;
    try {
      connection = endpoint.connect();
    } catch (SQLException e) {
      throw JdbcException.of(dialect, e, "connecting as '" + who + "'");
    }
    Session session = new Session(dialect, connection, who, closed);
    try {
      dialect.settings().forEach(session::execute);
    } catch (RuntimeException e) {
      try (session) {
        throw e;
      }
    }
    return session;
  }

  JdbcDialect dialect() {
    return dialect;
  }

  /** The connection, for what only its driver can do. */
  public Connection connection() {
    return connection;
  }

  /** Runs a statement without parameters. */
  public void execute(String sql) {
    if (!defines && dialect.definitions().needTurnFor(sql)) {
      dialect.definitions().begin(who);
      defines = true;
    }
    try (Statement statement = connection.createStatement()) {
      watched(statement, () -> executed(statement, sql));
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      if (!inTransaction) {
        defined();
      }
    }
  }

  /** Some drivers tell of a failure behind the first result only to whoever asks for more. */
  private static boolean executed(Statement statement, String sql) throws SQLException {
    boolean rows = statement.execute(sql);
    while (rows || statement.getUpdateCount() >= 0) {
      rows = statement.getMoreResults();
    }
    return true;
  }

  /** What was defined is committed, or was taken back. */
  private void defined() {
    if (defines) {
      defines = false;
      dialect.definitions().end();
    }
  }

  /** Runs a statement with parameters; returns how many rows it changed. */
  public int update(String sql, Object... parameters) {
    try (PreparedStatement statement = prepare(sql, parameters)) {
      return watched(statement, statement::executeUpdate);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** All rows of a query. */
  public <T> List<T> query(RowReader<T> reader, String sql, Object... parameters) {
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet result = watched(statement, statement::executeQuery)) {
      List<T> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(reader.read(result));
      }
      return rows;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  /** Runs what may wait for the server; meanwhile it can be cancelled. */
  <T> T watched(Statement statement, Work<T> work) throws SQLException {
    return watched(statement::cancel, work);
  }

  /**
   * Runs what may wait for the server, and cannot be cancelled but with the whole connection.
   *
   * @throws RuntimeException what a failure of this connection means
   */
  public <T> T uncancellable(Work<T> work) {
    try {
      return watched(() -> connection.abort(Session::elsewhere), work);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** A driver may wait for the very statement that is to end; others must not wait with it. */
  private static void elsewhere(Runnable ending) {
    Thread thread = new Thread(ending, "plumbline-jdbc-abort");
    thread.setDaemon(true);
    thread.start();
  }

  private <T> T watched(Cancel cancel, Work<T> work) throws SQLException {
    running = cancel;
    try {
      return work.run();
    } finally {
      running = null;
    }
  }

  /** Begins a transaction. */
  public void begin() {
    try {
      connection.setAutoCommit(false);
      inTransaction = true;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Begins a transaction that sees one point in time. */
  public void beginSnapshot() {
    begin();
    dialect.snapshot().forEach(this::execute);
  }

  /** Commits, and goes on without a transaction. */
  public void commit() {
    try {
      connection.commit();
      connection.setAutoCommit(true);
      inTransaction = false;
      defined();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Takes back what was not committed, and goes on without a transaction. */
  void rollback() {
    try {
      if (inTransaction) {
        connection.rollback();
        connection.setAutoCommit(true);
        inTransaction = false;
        defined();
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** What a failure of this connection means. */
  RuntimeException failure(SQLException e) {
    return JdbcException.of(dialect, e, "serving '" + who + "'");
  }

  /** Ends the statement that runs, if any; whoever waits for it gets a failure. */
  void cancel() {
    Cancel cancel = running;
    if (cancel == null) {
      return;
    }
    try {
      cancel.run();
    } catch (SQLException e) {
      LOST.log(Level.FINE, e, () -> "A statement of '" + who + "' was over before it was ended.");
    }
  }

  /** Ends the connection, whatever it does. */
  public void abort() {
    cancel();
    // Closed too, because not every driver does something to abort.
    try (Connection ended = connection) {
      ended.abort(Runnable::run);
    } catch (SQLException e) {
      LOST.log(Level.FINE, e, () -> "The connection of '" + who + "' was gone before its end.");
    }
  }

  /** Notes what could not be tidied up. */
  void left(RuntimeException failure) {
    LOST.log(Level.FINE, failure, () -> "Something of '" + who + "' is left.");
  }

  /** Rolls back what was not committed, and disconnects. */
  @Override
  public void close() {
    closed.accept(this);
    try (Connection ended = connection) {
      if (inTransaction && !ended.isClosed()) {
        ended.rollback();
      }
    } catch (SQLException e) {
      // The server was gone before we could say goodbye; whoever needed it has been told.
      LOST.log(Level.FINE, e, () -> "The connection of '" + who + "' was lost before its close.");
    } finally {
      defined();
    }
  }
}
