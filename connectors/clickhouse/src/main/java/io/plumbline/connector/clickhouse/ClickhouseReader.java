package io.plumbline.connector.clickhouse;

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

/**
 * The mover's side of a source. A SELECT sees the parts that were there when it began, so each read
 * is one SELECT; {@code FINAL} leaves the last version of each key.
 */
final class ClickhouseReader implements SourceReader {
  private static final String CURSOR = "updated_at";
  private static final String BEFORE_ALL = "1900-01-01 00:00:00.000000";

  private final Server server;
  private final CaseScope scope;
  private final CaseDatabase database;
  private final String table;

  ClickhouseReader(Server server, CaseScope scope, CaseDatabase database, CaseNames names) {
    this.server = server;
    this.scope = scope;
    this.database = database;
    this.table = ClickhouseTypes.DIALECT.quotePath(names.table());
  }

  @Override
  public Extraction open(ReadRequest request) {
    if (request instanceof ReadRequest.Snapshot snapshot) {
      // Taken before the rows: what comes in between is read again, not missed.
      Position position =
          snapshot.continuation() == ReadRequest.Continuation.ROWS_AFTER
              ? Position.of(Map.of(CURSOR, latest(BEFORE_ALL)))
              : Position.none();
      return rows(Op.SNAPSHOT, "", position);
    }
    if (request instanceof ReadRequest.RowsAfter after) {
      String from = after.from().require(CURSOR);
      String high = latest(from);
      return rows(
          Op.UPDATE,
          "WHERE updated_at > %s AND updated_at <= %s ORDER BY updated_at, id"
              .formatted(time(from), time(high)),
          Position.of(Map.of(CURSOR, high)));
    }
    if (request instanceof ReadRequest.Slices slices) {
      return rows(Op.UPDATE, "WHERE " + within(slices.dates()), Position.none());
    }
    throw new IllegalStateException(
        "A clickhouse source offers no %s.".formatted(request.getClass().getSimpleName()));
  }

  private Extraction rows(Op op, String where, Position position) {
    RowDecoder decoder = new RowDecoder(scope);
    Server.Result result =
        database.open("SELECT %s FROM %s FINAL %s".formatted(decoder.selectList(), table, where));
    return new RowExtraction(server, database, result, decoder, op, position);
  }

  /** The newest cursor, but not before another one. */
  private String latest(String atLeast) {
    return server
        .text(
            "SELECT greatest(maxOrDefault(updated_at), %s) FROM %s FINAL"
                .formatted(time(atLeast), table))
        .orElse(atLeast);
  }

  private static String time(String text) {
    return "toDateTime64('%s', 6, 'UTC')".formatted(text);
  }

  private static String within(List<LocalDate> dates) {
    return dates.isEmpty()
        ? "false"
        : dates.stream()
            .map(date -> "toDate32('" + date + "')")
            .collect(Collectors.joining(", ", "business_date IN (", ")"));
  }

  @Override
  public List<PartitionFingerprint> partitions() {
    return server
        .rows(
            """
            SELECT business_date,
                   concatWithSeparator('/', count(), max(updated_at), sum(id), sum(amount),
                                       sum(version))
            FROM %s FINAL GROUP BY business_date ORDER BY business_date
            """
                .formatted(table))
        .stream()
        .map(row -> new PartitionFingerprint(LocalDate.parse(row.get(0)), row.get(1)))
        .toList();
  }
}
