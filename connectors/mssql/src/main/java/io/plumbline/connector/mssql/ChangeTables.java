package io.plumbline.connector.mssql;

import io.debezium.connector.sqlserver.Lsn;
import io.plumbline.connector.jdbc.CaseNames;
import io.plumbline.connector.jdbc.ChangeLog;
import io.plumbline.connector.jdbc.JdbcException;
import io.plumbline.connector.jdbc.MoverSessions;
import io.plumbline.connector.jdbc.Session;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.lab.Deadline;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Change data capture of a server, as far as it is about one table.
 *
 * <p>The server copies changes from its log into change tables some time after they are committed,
 * so nobody can ask it where the log ends. A position is therefore a mark that the reader itself
 * has written into a table whose changes are captured, too: what was committed before it comes
 * before it.
 */
final class ChangeTables implements ChangeLog {
  /** Its rows are marks of the mover. */
  static final String FENCE = "plumbline_fence";

  private static final String MARK = "mark";

  /** The capture job looks every five seconds, and after a failure begins again in a minute. */
  static final Duration PATIENCE = Duration.ofSeconds(150);

  /** "Transaction … was deadlocked": it is told to try again. */
  private static final int DEADLOCK_VICTIM = 1205;

  private static final int ATTEMPTS = 5;

  private final CaptureServer server;
  private final CaseScope scope;
  private final CaseNames names;
  private final MoverSessions sessions;
  private final CapturedTable orders;
  private final CapturedTable fence;

  ChangeTables(CaptureServer server, CaseScope scope, CaseNames names, MoverSessions sessions) {
    this.server = server;
    this.scope = scope;
    this.names = names;
    this.sessions = sessions;
    this.orders = CapturedTable.of(names, CaseNames.TABLE);
    this.fence = CapturedTable.of(names, FENCE);
  }

  static Position position(String mark) {
    return Position.of(Map.of(MARK, mark));
  }

  /** The mark is written in the transaction that has the lock. */
  @Override
  public Extraction snapshot(BiFunction<Session, Position, Extraction> read) {
    return new LockedTable(server.isolation(), sessions, orders.quoted())
        .snapshot(session -> enable(session, ATTEMPTS), session -> position(mark(session)), read);
  }

  /** The capture job, and whoever else reads or changes definitions, may be in the way. */
  private void enable(Session session, int attempts) {
    try {
      session.execute(
          CapturedTable.inTurn(
              "IF OBJECT_ID(N'%1$s', N'U') IS NULL CREATE TABLE %1$s (mark char(36) NOT NULL PRIMARY KEY)"
                  .formatted(fence.quoted()),
              orders.enable(),
              fence.enable()));
    } catch (JdbcException e) {
      if (attempts == 1 || !deadlocked(e)) {
        throw e;
      }
      enable(session, attempts - 1);
    }
  }

  /** The server's procedures put an error into words of their own, its number among them. */
  private static boolean deadlocked(JdbcException failure) {
    return failure.getCause() instanceof SQLException refusal
        && (refusal.getErrorCode() == DEADLOCK_VICTIM
            || String.valueOf(refusal.getMessage()).contains(String.valueOf(DEADLOCK_VICTIM)));
  }

  private String mark(Session session) {
    String mark = UUID.randomUUID().toString();
    session.execute("INSERT INTO %s VALUES ('%s')".formatted(fence.quoted(), mark));
    return mark;
  }

  /** The end is marked now: whatever is committed already comes before it. */
  @Override
  public Extraction changes(Position from) {
    String begin = from.require(MARK);
    String end;
    String commit;
    try (Session session = sessions.open()) {
      end = mark(session);
      commit = commitOf(session, begin, end);
    }
    return CapturedLog.open(
        server, names, commit, end, new ChangeImages(server, scope, orders, sessions.open()));
  }

  /**
   * The commit that wrote a mark, as Debezium writes it; waits until the server has captured it.
   */
  private String commitOf(Session session, String begin, String end) {
    Map<String, String> captured = new HashMap<>();
    Deadline.in(PATIENCE)
        .await(
            () -> {
              captured.putAll(captured(session, begin, end));
              return !captured.isEmpty();
            });
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("The reading of changes was interrupted.");
    }
    String commit = captured.get(begin);
    if (commit != null) {
      return commit;
    }
    if (captured.containsKey(end)) {
      throw new JdbcException(
          "The change tables do not reach back to mark %s any more; the source has to be read as a whole again."
              .formatted(begin));
    }
    throw new SystemFailureException(
        MssqlTypes.FAMILY,
        "Nothing was captured for %d s; the capture job has to run."
            .formatted(PATIENCE.toSeconds()));
  }

  private Map<String, String> captured(Session session, String begin, String end) {
    return session
        .query(
            row -> Map.entry(row.getString(1), Lsn.valueOf(row.getBytes(2)).toString()),
            "SELECT mark, [__$start_lsn] FROM %s WHERE mark IN (?, ?)".formatted(fence.changes()),
            begin,
            end)
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Override
  public List<String> removal() {
    return List.of(
        "IF %s OR %s BEGIN %s END"
            .formatted(
                orders.captured(),
                fence.captured(),
                CapturedTable.inTurn(orders.disable(), fence.disable())));
  }
}
