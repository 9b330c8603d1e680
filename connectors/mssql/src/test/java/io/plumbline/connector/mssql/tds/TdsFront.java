package io.plumbline.connector.mssql.tds;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;

/**
 * A SQL Server as its clients see one, speaking TDS 7.4 on a port of this machine; what they ask is
 * answered by another database through JDBC.
 */
public final class TdsFront implements AutoCloseable {
  private final Backend backend;
  private final UnaryOperator<String> translation;
  private final ServerSocket server;
  private final Thread accepting;
  private final Set<TdsSession> sessions = new HashSet<>();
  private final Semaphore definitions = new Semaphore(1, true);
  private final List<String> statements = new ArrayList<>();
  private boolean refusing;

  /** Opens a backend's connection for each client; what it throws refuses the login. */
  public interface Backend {
    Connection open(String user, String password) throws SQLException;

    /** Commits what a client did. */
    default void commit(Connection connection) throws SQLException {
      connection.commit();
    }
  }

  /**
   * {@code translation} makes the backend's SQL of a T-SQL text; an empty text of it does nothing,
   * and succeeds.
   */
  public TdsFront(Backend backend, UnaryOperator<String> translation) throws IOException {
    this.backend = backend;
    this.translation = translation;
    server = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    accepting = new Thread(this::accept, "tds-front");
    accepting.setDaemon(true);
    accepting.start();
  }

  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        welcome(server.accept());
      }
    } catch (IOException e) {
      // The server is closed.
    }
  }

  private synchronized void welcome(Socket socket) throws IOException {
    if (refusing) {
      socket.close();
      return;
    }
    try {
      TdsSession session =
          new TdsSession(socket, backend, translation, this::received, this::ended, definitions);
      sessions.add(session);
      session.start();
    } catch (IOException e) {
      // A client that did not wait: the next one may.
      socket.close();
    }
  }

  private synchronized void received(String statement) {
    statements.add(statement);
  }

  private synchronized void ended(TdsSession session) {
    sessions.remove(session);
  }

  /**
   * Drops all connections at once and refuses new ones until {@link #resume}; what was not
   * committed is rolled back when this returns.
   */
  public void kill() {
    List<TdsSession> killed;
    synchronized (this) {
      refusing = true;
      killed = List.copyOf(sessions);
    }
    killed.forEach(TdsSession::cut);
    killed.forEach(TdsSession::join);
  }

  public synchronized void resume() {
    refusing = false;
  }

  /** Every T-SQL text so far: again for each execution, of a prepared statement too. */
  public synchronized List<String> statements() {
    return List.copyOf(statements);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      // It is as closed as it gets.
    }
    kill();
    try {
      accepting.join(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
