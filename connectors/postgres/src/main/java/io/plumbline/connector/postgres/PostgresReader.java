package io.plumbline.connector.postgres;

import io.plumbline.connector.postgres.Endpoint.Purpose;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.PartitionFingerprint;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.SourceReader;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The mover's side of a source. Each read has a connection of its own. */
final class PostgresReader implements SourceReader {
  private static final String CURSOR = "updated_at";
  private static final String XMIN = "xmin";
  private static final String BEFORE_ALL = "-infinity";

  private final MoverSessions movers;
  private final CaseScope scope;
  private final CaseNames names;
  private final ChangeLog changeLog;

  PostgresReader(MoverSessions movers, CaseScope scope, CaseNames names, ChangeLog changeLog) {
    this.movers = movers;
    this.scope = scope;
    this.names = names;
    this.changeLog = changeLog;
  }

  @Override
  public Extraction open(ReadRequest request) {
    if (request instanceof ReadRequest.Snapshot snapshot) {
      return snapshot(snapshot.continuation());
    }
    if (request instanceof ReadRequest.RowsAfter after) {
      return rowsAfter(after.from().require(CURSOR));
    }
    if (request instanceof ReadRequest.Slices slices) {
      return slices(slices.dates());
    }
    if (request instanceof ReadRequest.XminWindow window) {
      return xminWindow(window.from().require(XMIN));
    }
    return changeLog.read(((ReadRequest.Changes) request).from());
  }

  private Extraction snapshot(ReadRequest.Continuation continuation) {
    if (continuation == ReadRequest.Continuation.CHANGES) {
      return changeLog.create(
          (session, position) -> copy(session, Op.SNAPSHOT, "", position, null));
    }
    Session session = movers.open();
    return opened(
        session,
        () -> {
          session.beginSnapshot();
          Position position =
              switch (continuation) {
                case ROWS_AFTER -> Position.of(Map.of(CURSOR, latest(session, BEFORE_ALL)));
                case XMIN_WINDOW -> Position.of(Map.of(XMIN, snapshotXmin(session)));
                default -> Position.none();
              };
          return copy(session, Op.SNAPSHOT, "", position, null);
        });
  }

  private Extraction rowsAfter(String from) {
    Session session = movers.open(Purpose.BINARY_CURSOR);
    return opened(
        session,
        () -> {
          session.beginSnapshot();
          String high = latest(session, from);
          return new CursorExtraction(
              session,
              new RowDecoder(scope),
              names.quotedTable(),
              "WHERE updated_at > timestamp '%s' AND updated_at <= timestamp '%s' ORDER BY updated_at, id"
                  .formatted(from, high),
              Position.of(Map.of(CURSOR, high)));
        });
  }

  private Extraction slices(List<LocalDate> dates) {
    Session session = movers.open(Purpose.BINARY_CURSOR);
    return opened(
        session,
        () -> {
          session.beginSnapshot();
          String wanted =
              dates.stream().map(d -> "date '" + d + "'").collect(Collectors.joining(", "));
          return new CursorExtraction(
              session,
              new RowDecoder(scope),
              names.quotedTable(),
              dates.isEmpty()
                  ? "WHERE false"
                  : "WHERE business_date IN (" + wanted + ") ORDER BY business_date, id",
              Position.none());
        });
  }

  /**
   * The window is everything that the stored snapshot did not see as finished: its xmin is the
   * oldest transaction that was still running then. Row headers hold 32 bits of a transaction id,
   * so "at or after" is counted modulo 2^32, as PostgreSQL itself does.
   */
  private Extraction xminWindow(String from) {
    Session session = movers.open();
    return opened(
        session,
        () -> {
          session.beginSnapshot();
          Position position = Position.of(Map.of(XMIN, snapshotXmin(session)));
          long low = Long.parseUnsignedLong(from) & 0xFFFFFFFFL;
          return copy(
              session,
              Op.UPDATE,
              "WHERE mod(xmin::text::bigint - %d + 4294967296, 4294967296) < 2147483648"
                  .formatted(low),
              position,
              "SELECT id FROM " + names.quotedTable() + " ORDER BY id");
        });
  }

  private Extraction copy(
      Session session, Op op, String where, Position position, @Nullable String keySelect) {
    return new CopyExtraction(
        session, op, new RowDecoder(scope), names.quotedTable(), where, position, keySelect);
  }

  private String latest(Session session, String otherwise) {
    return session
        .text(
            "SELECT greatest(max(updated_at), timestamp '%s') FROM %s"
                .formatted(otherwise, names.quotedTable()))
        .orElse(otherwise);
  }

  private static String snapshotXmin(Session session) {
    return session.text("SELECT pg_snapshot_xmin(pg_current_snapshot())").orElseThrow();
  }

  /** Closes the session when the read cannot begin. */
  static Extraction opened(Session session, java.util.function.Supplier<Extraction> begin) {
    try {
      return begin.get();
    } catch (RuntimeException e) {
      try (session) {
        throw e;
      }
    }
  }

  @Override
  public List<PartitionFingerprint> partitions() {
    try (Session session = movers.open()) {
      return session.query(
          row -> new PartitionFingerprint(LocalDate.parse(row.getString(1)), row.getString(2)),
          """
          SELECT business_date,
                 concat_ws('/', count(*), max(updated_at), sum(id), sum(amount), sum(version))
          FROM %s GROUP BY business_date ORDER BY business_date
          """
              .formatted(names.quotedTable()));
    }
  }

  @Override
  public void acknowledge(Position committed) {
    changeLog.acknowledge(committed);
  }
}
