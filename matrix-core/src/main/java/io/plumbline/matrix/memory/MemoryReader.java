package io.plumbline.matrix.memory;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.PartitionFingerprint;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.SourceReader;
import io.plumbline.matrix.connector.Trait;
import io.plumbline.matrix.dataset.ChangeSet;
import io.plumbline.matrix.dataset.Column;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The mover's side of an in-memory source. Where a table has {@code updated_at}, a paged API has
 * the sequence of its change feed and a topic has offsets: both are places in the log here.
 */
final class MemoryReader implements SourceReader {
  private static final int PAGE_ROWS = 500;
  private static final String CURSOR = "updated_at";
  private static final String PLACE = "position";
  private static final String XMIN = "snapshot_xmin";

  private final Connector connector;
  private final SourceTable table;

  MemoryReader(Connector connector, SourceTable table) {
    this.connector = connector;
    this.table = table;
  }

  @Override
  public Extraction open(ReadRequest request) {
    if (request instanceof ReadRequest.Snapshot snapshot) {
      Object[] @Nullable [] rows = table.snapshot();
      return rows(rows, key -> true, Op.SNAPSHOT, position(snapshot.continuation(), rows), false);
    }
    if (request instanceof ReadRequest.Slices slices) {
      Object[] @Nullable [] rows = table.snapshot();
      Set<LocalDate> dates = new HashSet<>(slices.dates());
      return rows(
          rows,
          key -> dates.contains((LocalDate) cell(rows, key, Column.BUSINESS_DATE)),
          Op.UPDATE,
          Position.none(),
          false);
    }
    if (request instanceof ReadRequest.XminWindow window) {
      require(Feature.XMIN);
      Object[] @Nullable [] rows = table.snapshot();
      long[] xids = table.snapshotXids();
      long from = Long.parseLong(window.from().require(XMIN));
      return rows(
          rows,
          key -> xids[(int) key] >= from,
          Op.UPDATE,
          position(ReadRequest.Continuation.XMIN_WINDOW, rows),
          true);
    }
    if (request instanceof ReadRequest.Changes changes) {
      require(Feature.CHANGE_LOG);
      return new LogExtraction(Integer.parseInt(changes.from().require(PLACE)), true);
    }
    ReadRequest.RowsAfter after = (ReadRequest.RowsAfter) request;
    if (readsFromLog()) {
      return new LogExtraction(Integer.parseInt(after.from().require(PLACE)), false);
    }
    Object[] @Nullable [] rows = table.snapshot();
    LocalDateTime low = LocalDateTime.parse(after.from().require(CURSOR));
    LocalDateTime high = newest(rows, low);
    return rows(
        rows,
        key -> {
          LocalDateTime at = (LocalDateTime) cell(rows, key, Column.UPDATED_AT);
          return at.isAfter(low) && !at.isAfter(high);
        },
        Op.UPDATE,
        Position.of(Map.of(CURSOR, high.toString())),
        false);
  }

  private boolean readsFromLog() {
    return connector.trait() == Trait.PAGED_FEED || connector.trait() == Trait.EVENT_LOG;
  }

  private void require(Feature feature) {
    if (!connector.features().contains(feature)) {
      throw new IllegalStateException(
          "A %s source has no %s.".formatted(connector.family(), feature));
    }
  }

  private Position position(ReadRequest.Continuation continuation, Object[] @Nullable [] rows) {
    return switch (continuation) {
      case NONE -> Position.none();
      case ROWS_AFTER ->
          readsFromLog()
              ? Position.of(Map.of(PLACE, Integer.toString(table.logEnd())))
              : Position.of(Map.of(CURSOR, newest(rows, LocalDateTime.MIN).toString()));
      case XMIN_WINDOW -> Position.of(Map.of(XMIN, Long.toString(table.snapshotXmin())));
      case CHANGES -> Position.of(Map.of(PLACE, Integer.toString(table.logEnd())));
    };
  }

  private static LocalDateTime newest(Object[] @Nullable [] rows, LocalDateTime atLeast) {
    LocalDateTime newest = atLeast;
    for (Object[] row : rows) {
      if (row != null && ((LocalDateTime) row[Column.UPDATED_AT]).isAfter(newest)) {
        newest = (LocalDateTime) row[Column.UPDATED_AT];
      }
    }
    return newest;
  }

  private static Object cell(Object[] @Nullable [] rows, long key, int column) {
    Object[] row = rows[(int) key];
    if (row == null) {
      throw new IllegalStateException("No row of key " + key);
    }
    return row[column];
  }

  @Override
  public List<PartitionFingerprint> partitions() {
    Map<LocalDate, Partition> partitions = new TreeMap<>();
    for (Object[] row : table.snapshot()) {
      if (row != null) {
        partitions
            .computeIfAbsent((LocalDate) row[Column.BUSINESS_DATE], d -> new Partition())
            .add(row);
      }
    }
    return partitions.entrySet().stream()
        .map(e -> new PartitionFingerprint(e.getKey(), e.getValue().toString()))
        .toList();
  }

  private static final class Partition {
    private long rows;
    private long keys;
    private BigDecimal amounts = BigDecimal.ZERO;
    private LocalDateTime newest = LocalDateTime.MIN;

    void add(Object[] row) {
      rows++;
      keys += (Long) row[Column.ID];
      amounts = amounts.add((BigDecimal) row[Column.AMOUNT]);
      LocalDateTime at = (LocalDateTime) row[Column.UPDATED_AT];
      newest = at.isAfter(newest) ? at : newest;
    }

    @Override
    public String toString() {
      return rows + "/" + keys + "/" + amounts + "/" + newest;
    }
  }

  private Extraction rows(
      Object[] @Nullable [] rows,
      LongPredicate selected,
      Op op,
      Position position,
      boolean withKeys) {
    return new TableExtraction(rows, selected, op, position, withKeys, pageRows());
  }

  private int pageRows() {
    return connector.trait() == Trait.PAGED_FEED ? PAGE_ROWS : Integer.MAX_VALUE;
  }

  private static final class TableExtraction implements Extraction {
    private final Object[] @Nullable [] rows;
    private final LongPredicate selected;
    private final Op op;
    private final Position position;
    private final boolean withKeys;
    private final int pageRows;
    private int next = 1;

    TableExtraction(
        Object[] @Nullable [] rows,
        LongPredicate selected,
        Op op,
        Position position,
        boolean withKeys,
        int pageRows) {
      this.rows = rows;
      this.selected = selected;
      this.op = op;
      this.position = position;
      this.withKeys = withKeys;
      this.pageRows = pageRows;
    }

    @Override
    public boolean read(RowBatch batch) {
      batch.clear();
      while (next < rows.length && !batch.full() && batch.size() < pageRows) {
        Object[] row = rows[next];
        if (row != null && selected.test(next)) {
          batch.add(op, row);
        }
        next++;
      }
      return batch.size() > 0;
    }

    @Override
    public Position position() {
      return position;
    }

    @Override
    public long[] keys() {
      return withKeys
          ? LongStream.range(1, rows.length).filter(k -> rows[(int) k] != null).toArray()
          : new long[0];
    }

    @Override
    public void close() {}
  }

  /**
   * Reads the log up to its end at the time of opening: as it was written, or the rows that are the
   * last of their key.
   */
  private final class LogExtraction implements Extraction {
    private final int end = table.logEnd();
    private final Map<Long, Integer> last = new HashMap<>();
    private final boolean asLogged;
    private final int pageRows = pageRows();
    private int next;

    LogExtraction(int from, boolean asLogged) {
      this.next = from;
      this.asLogged = asLogged;
      for (int place = from; place < end && !asLogged; place++) {
        last.put(table.logEntry(place).key(), place);
      }
    }

    @Override
    public boolean read(RowBatch batch) {
      batch.clear();
      while (next < end && !batch.full() && batch.size() < pageRows) {
        SourceTable.LogEntry entry = table.logEntry(next++);
        if (asLogged) {
          batch.add(Op.valueOf(entry.kind().name()), entry.row());
        } else if (entry.kind() != ChangeSet.Kind.DELETE
            && Integer.valueOf(next - 1).equals(last.get(entry.key()))) {
          batch.add(Op.UPDATE, entry.row());
        }
      }
      return batch.size() > 0;
    }

    @Override
    public Position position() {
      return Position.of(Map.of(PLACE, Integer.toString(end)));
    }

    @Override
    public void close() {}
  }
}
