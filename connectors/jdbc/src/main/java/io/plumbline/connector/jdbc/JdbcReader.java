package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.PartitionFingerprint;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.SourceReader;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The mover's side of a source. Each read has a connection of its own. */
final class JdbcReader implements SourceReader {
  private static final String CURSOR = "updated_at";
  private static final LocalDateTime BEFORE_ALL = LocalDateTime.of(1, 1, 1, 0, 0);

  private final JdbcDialect dialect;
  private final CaseScope scope;
  private final CaseNames names;
  private final MoverSessions sessions;
  private final ChangeLog changeLog;

  JdbcReader(
      JdbcDialect dialect,
      CaseScope scope,
      CaseNames names,
      MoverSessions sessions,
      ChangeLog changeLog) {
    this.dialect = dialect;
    this.scope = scope;
    this.names = names;
    this.sessions = sessions;
    this.changeLog = changeLog;
  }

  @Override
  public Extraction open(ReadRequest request) {
    if (request instanceof ReadRequest.Snapshot snapshot) {
      return snapshot(snapshot.continuation());
    }
    if (request instanceof ReadRequest.RowsAfter after) {
      return rowsAfter(LocalDateTime.parse(after.from().require(CURSOR)));
    }
    if (request instanceof ReadRequest.Slices slices) {
      return slices(slices.dates());
    }
    if (request instanceof ReadRequest.Changes changes) {
      return changeLog.changes(changes.from());
    }
    throw new JdbcException(dialect.product() + " has no xmin.");
  }

  private Extraction snapshot(ReadRequest.Continuation continuation) {
    return switch (continuation) {
      case NONE -> inSnapshot(session -> rows(session, Op.SNAPSHOT, "", Position.none()));
      case ROWS_AFTER ->
          inSnapshot(
              session -> rows(session, Op.SNAPSHOT, "", cursor(latest(session, BEFORE_ALL))));
      case CHANGES ->
          changeLog.snapshot((session, position) -> rows(session, Op.SNAPSHOT, "", position));
      case XMIN_WINDOW -> throw new JdbcException(dialect.product() + " has no xmin.");
    };
  }

  private Extraction rowsAfter(LocalDateTime from) {
    return inSnapshot(
        session -> {
          LocalDateTime high = latest(session, from);
          return rows(
              session,
              Op.UPDATE,
              "WHERE updated_at > %s AND updated_at <= %s ORDER BY updated_at, id"
                  .formatted(literal(from), literal(high)),
              cursor(high));
        });
  }

  private Extraction slices(List<LocalDate> dates) {
    String wanted = dates.stream().map(date -> "'" + date + "'").collect(Collectors.joining(", "));
    return inSnapshot(
        session ->
            rows(
                session,
                Op.UPDATE,
                dates.isEmpty()
                    ? "WHERE 1 = 0"
                    : "WHERE business_date IN (" + wanted + ") ORDER BY business_date, id",
                Position.none()));
  }

  /** Begins a read of one point in time. */
  private interface Beginning {
    Extraction in(Session session);
  }

  private Extraction inSnapshot(Beginning beginning) {
    Session session = sessions.open();
    return opened(
        session,
        () -> {
          session.beginSnapshot();
          return beginning.in(session);
        });
  }

  private Extraction rows(Session session, Op op, String rest, Position position) {
    CarriedRows rows = new CarriedRows(dialect, scope);
    return new CursorExtraction(
        session,
        (row, batch) -> batch.add(op, rows.row(row)),
        dialect.fetchRows(),
        "SELECT %s FROM %s %s".formatted(rows.selectList(), names.quotedTable(), rest),
        position);
  }

  private LocalDateTime latest(Session session, LocalDateTime atLeast) {
    @Nullable LocalDateTime newest =
        session
            .query(
                row -> new Newest(row.getObject(1, LocalDateTime.class)),
                "SELECT MAX(updated_at) FROM " + names.quotedTable())
            .get(0)
            .at();
    return newest == null || newest.isBefore(atLeast) ? atLeast : newest;
  }

  private record Newest(@Nullable LocalDateTime at) {}

  private static Position cursor(LocalDateTime at) {
    return Position.of(Map.of(CURSOR, at.toString()));
  }

  private static String literal(LocalDateTime time) {
    return "'" + CanonicalText.iso(time).replace('T', ' ') + "'";
  }

  /** Closes the session when the read cannot begin. */
  static Extraction opened(Session session, Supplier<Extraction> begin) {
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
    try (Session session = sessions.open()) {
      return session.query(
          row ->
              new PartitionFingerprint(
                  Objects.requireNonNull(row.getObject(1, LocalDate.class)),
                  String.join(
                      "/",
                      row.getString(2),
                      row.getString(3),
                      row.getString(4),
                      row.getString(5),
                      row.getString(6))),
          """
          SELECT business_date, COUNT(*), MAX(updated_at), SUM(id), SUM(amount), SUM(version)
          FROM %s GROUP BY business_date ORDER BY business_date
          """
              .formatted(names.quotedTable()));
    }
  }
}
