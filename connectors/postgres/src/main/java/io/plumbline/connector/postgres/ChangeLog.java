package io.plumbline.connector.postgres;

import io.plumbline.connector.postgres.Endpoint.Purpose;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.lab.Deadline;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import org.postgresql.replication.ReplicationSlotInfo;

/**
 * The change log of a case: a publication and a slot of the schema's name. The slot moves only when
 * a position is acknowledged; a read that is repeated sees the same events again.
 */
final class ChangeLog {
  static final String LSN = "lsn";
  static final String PLUGIN = "pgoutput";
  private static final Duration RELEASE = Duration.ofSeconds(20);

  private final MoverSessions movers;
  private final CaseScope scope;
  private final CaseNames names;

  ChangeLog(MoverSessions movers, CaseScope scope, CaseNames names) {
    this.movers = movers;
    this.scope = scope;
    this.names = names;
  }

  /**
   * Makes slot and publication anew, and a read on the very snapshot at which the slot begins:
   * every transaction is either in the snapshot or in the log, never in both.
   */
  Extraction create(BiFunction<Session, Position, Extraction> snapshotRead) {
    drop();
    try (Session session = movers.open()) {
      // An update leaves long values that it does not change out of its new image; they are in the
      // log only as part of the whole old one.
      session.execute("ALTER TABLE %s REPLICA IDENTITY FULL".formatted(names.quotedTable()));
      session.execute(
          "CREATE PUBLICATION %s FOR TABLE %s".formatted(names.schema(), names.quotedTable()));
    }
    try (Session replication = movers.open(Purpose.REPLICATION)) {
      ReplicationSlotInfo slot = createSlot(replication);
      Session session = movers.open();
      return PostgresReader.opened(
          session,
          () -> {
            session.beginSnapshot();
            session.execute("SET TRANSACTION SNAPSHOT '" + slot.getSnapshotName() + "'");
            // The exported snapshot lives as long as the replication connection; this one has it
            // from here on.
            session.execute("SELECT 1");
            Position position = Position.of(Map.of(LSN, slot.getConsistentPoint().asString()));
            return snapshotRead.apply(session, position);
          });
    }
  }

  private ReplicationSlotInfo createSlot(Session replication) {
    try {
      return replication
          .driver()
          .getReplicationAPI()
          .createReplicationSlot()
          .logical()
          .withSlotName(names.schema())
          .withOutputPlugin(PLUGIN)
          .make();
    } catch (SQLException e) {
      throw replication.failure(e);
    }
  }

  Extraction read(Position from) {
    String lsn = from.require(LSN);
    awaitRelease();
    return LogicalLog.open(movers, scope, names, lsn);
  }

  /** Lets the server forget what lies before the position. */
  void acknowledge(Position committed) {
    String lsn = committed.values().get(LSN);
    if (lsn == null) {
      return;
    }
    awaitRelease();
    try (Session session = movers.open()) {
      session.query(
          row -> row.getString(1),
          """
          SELECT pg_replication_slot_advance(slot_name, ?::pg_lsn) FROM pg_replication_slots
          WHERE slot_name = ? AND confirmed_flush_lsn < ?::pg_lsn
          """,
          lsn,
          names.schema(),
          lsn);
    }
  }

  /** A reader that has just ended may hold the slot a moment longer. */
  private void awaitRelease() {
    try (Session session = movers.open()) {
      if (!Deadline.in(RELEASE).await(() -> !active(session))) {
        throw new SystemFailureException(
            PostgresTypes.FAMILY,
            "Replication slot %s is still in use after %d s."
                .formatted(names.schema(), RELEASE.toSeconds()));
      }
    }
  }

  private boolean active(Session session) {
    return session.number(
            "SELECT count(*) FROM pg_replication_slots WHERE slot_name = ? AND active",
            names.schema())
        > 0;
  }

  /** Removes slot and publication, whoever still reads from them. */
  void drop() {
    try (Session session = Session.open(movers.endpoint(), names.harness())) {
      Deadline.in(RELEASE)
          .await(
              () -> {
                session.query(
                    row -> row.getString(1),
                    "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = ? AND active",
                    names.schema());
                return !active(session);
              });
      session.query(
          row -> row.getString(1),
          "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = ?",
          names.schema());
      session.execute("DROP PUBLICATION IF EXISTS " + names.schema());
    }
  }
}
