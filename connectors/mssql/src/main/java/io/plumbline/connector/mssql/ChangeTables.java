package io.plumbline.connector.mssql;

import io.debezium.connector.sqlserver.Lsn;
import io.plumbline.connector.jdbc.CaseNames;
import io.plumbline.connector.jdbc.ChangeLog;
import io.plumbline.connector.jdbc.MoverSessions;
import io.plumbline.connector.jdbc.Session;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Position;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;

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

  private static final String LSN = "lsn";
  private static final String MARK = "mark";

  /** Who enables or disables at the same time as another may be the victim of a deadlock. */
  private static final String OUR_TURN =
      "EXEC sp_getapplock @Resource = N'plumbline_cdc', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 60000";

  private static final String NEXT_TURN =
      "EXEC sp_releaseapplock @Resource = N'plumbline_cdc', @LockOwner = N'Session'";

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

  /**
   * Where a read begins.
   *
   * @param lsn of a commit, as Debezium writes it; what comes after it is read
   * @param mark only what comes after this is new; empty when all of it is
   */
  record Begin(String lsn, String mark) {
    static Begin of(Position position) {
      return new Begin(position.require(LSN), position.require(MARK));
    }

    Position position() {
      return Position.of(Map.of(LSN, lsn, MARK, mark));
    }
  }

  /** The mark is written in the transaction that has the lock. */
  @Override
  public Extraction snapshot(BiFunction<Session, Position, Extraction> read) {
    return new LockedTable(server.isolation(), sessions, orders.quoted())
        .snapshot(
            this::enable,
            session -> {
              Begin begin = new Begin(captureBegin(session), UUID.randomUUID().toString());
              mark(session, begin.mark());
              return begin.position();
            },
            read);
  }

  private void enable(Session session) {
    session.execute(OUR_TURN);
    session.execute(
        "IF OBJECT_ID(N'%1$s', N'U') IS NULL CREATE TABLE %1$s (mark char(36) NOT NULL PRIMARY KEY)"
            .formatted(fence.quoted()));
    session.execute(orders.enable());
    session.execute(fence.enable());
    session.execute(NEXT_TURN);
  }

  /**
   * From when on both tables are captured. Of two beginnings the later one, for Debezium refuses to
   * begin where the oldest change table does.
   */
  private String captureBegin(Session session) {
    byte[] begin =
        session
            .query(
                row -> row.getBytes(1),
                "SELECT MAX(start_lsn) FROM [cdc].[change_tables] WHERE capture_instance IN (N'%s', N'%s')"
                    .formatted(orders.instance(), fence.instance()))
            .get(0);
    return Lsn.valueOf(begin).toString();
  }

  private void mark(Session session, String mark) {
    session.execute("INSERT INTO %s VALUES ('%s')".formatted(fence.quoted(), mark));
  }

  /** The end is marked now: whatever is committed already comes before it. */
  @Override
  public Extraction changes(Position from) {
    Begin begin = Begin.of(from);
    String end = UUID.randomUUID().toString();
    try (Session session = sessions.open()) {
      mark(session, end);
    }
    return CapturedLog.open(
        server, names, begin, end, new ChangeImages(server, scope, orders, sessions.open()));
  }

  @Override
  public List<String> removal() {
    return List.of(OUR_TURN, orders.disable(), fence.disable(), NEXT_TURN);
  }
}
