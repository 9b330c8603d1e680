package io.plumbline.connector.mysql;

import io.plumbline.connector.jdbc.CaseNames;
import io.plumbline.connector.jdbc.ChangeLog;
import io.plumbline.connector.jdbc.MoverSessions;
import io.plumbline.connector.jdbc.Session;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Position;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;

/** The binary log of a server, as far as it is about one table. */
final class BinlogChangeLog implements ChangeLog {
  /** Holds one row, which the mover changes to see that a read has come to its end. */
  static final String FENCE = "plumbline_fence";

  private static final String OFFSET = "offset";

  private final BinlogServer server;
  private final CaseScope scope;
  private final CaseNames names;
  private final MoverSessions sessions;

  BinlogChangeLog(BinlogServer server, CaseScope scope, CaseNames names, MoverSessions sessions) {
    this.server = server;
    this.scope = scope;
    this.names = names;
    this.sessions = sessions;
  }

  /** A position is what Debezium's connector itself writes down to go on from. */
  static Position position(String offset) {
    return Position.of(Map.of(OFFSET, offset));
  }

  /**
   * While the table is locked against writers, the snapshot begins and the log's end is read: what
   * is committed before is in the snapshot, what comes after lies behind the position.
   */
  @Override
  public Extraction snapshot(BiFunction<Session, Position, Extraction> read) {
    Session reading = sessions.open();
    try (Session locking = sessions.open()) {
      locking.execute(
          "CREATE TABLE IF NOT EXISTS %s (id tinyint PRIMARY KEY, mark char(36) NOT NULL)"
              .formatted(fence()));
      locking.execute("LOCK TABLES %s READ".formatted(names.quotedTable()));
      reading.beginSnapshot();
      Position position = position(endOffset(locking));
      locking.execute("UNLOCK TABLES");
      return read.apply(reading, position);
    } catch (RuntimeException e) {
      try (reading) {
        throw e;
      }
    }
  }

  private String endOffset(Session session) {
    String query =
        session
            .query(
                row ->
                    server
                        .offsetOf()
                        .replace("{file}", row.getString(1))
                        .replace("{pos}", row.getString(2)),
                server.showPosition())
            .get(0);
    return session.query(row -> row.getString(1), query).get(0);
  }

  /** The fence is written now: whatever is committed already comes before it. */
  @Override
  public Extraction changes(Position from) {
    String offset = from.require(OFFSET);
    String mark = UUID.randomUUID().toString();
    try (Session session = sessions.open()) {
      session.execute(
          "INSERT INTO %1$s VALUES (1, '%2$s') ON DUPLICATE KEY UPDATE mark = '%2$s'"
              .formatted(fence(), mark));
    }
    return Binlog.open(server, scope, names, offset, mark);
  }

  private String fence() {
    return names.dialect().quotePath(names.schema() + "." + FENCE);
  }
}
