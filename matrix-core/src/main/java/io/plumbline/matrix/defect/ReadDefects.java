package io.plumbline.matrix.defect;

import static io.plumbline.matrix.registry.Strategy.BACKFILL;
import static io.plumbline.matrix.registry.Strategy.CDC;
import static io.plumbline.matrix.registry.Strategy.INCREMENTAL_APPEND;
import static io.plumbline.matrix.registry.Strategy.INCREMENTAL_MERGE;
import static io.plumbline.matrix.registry.Strategy.PARTITION_REPLACE;
import static io.plumbline.matrix.registry.Strategy.SCD2;
import static io.plumbline.matrix.registry.Strategy.SNAPSHOT_DIFF;
import static io.plumbline.matrix.registry.Strategy.XMIN;

import io.plumbline.matrix.connector.PartitionFingerprint;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.mover.MoveRequest;
import io.plumbline.matrix.mover.ReferenceMover;
import io.plumbline.matrix.mover.RowChecksum;
import io.plumbline.matrix.oracle.Check;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Cursors, windows, pages and checksums that go wrong on the way out of the source. */
final class ReadDefects {
  private static final int PAGE_ROWS = 100;

  private ReadDefects() {}

  static List<Defect> all() {
    return List.of(
        Defect.of(
            "watermark-inclusive-appends",
            "Rows at the watermark are read again (>= for >) and appended again.",
            Check.NO_DUPLICATES,
            Fault.onReads(InclusiveWatermark::new),
            INCREMENTAL_APPEND),
        Defect.of(
            "watermark-inclusive-merges",
            "Rows at the watermark are read again (>= for >) and written again.",
            Check.UNTOUCHED_ROWS_UNTOUCHED,
            Fault.onReads(InclusiveWatermark::new),
            INCREMENTAL_MERGE),
        Defect.of(
            "upper-bound-exclusive",
            "Rows at the upper bound of an increment are never read (< for <=).",
            Check.CONTENT,
            onRows(
                ReadRequest.RowsAfter.class,
                rows -> {
                  LocalDateTime newest = newest(rows);
                  return rows.stream().filter(row -> !updatedAt(row).equals(newest)).toList();
                }),
            INCREMENTAL_APPEND,
            INCREMENTAL_MERGE),
        Defect.of(
            "increment-by-full-read",
            "Every row is read for an increment, and the old ones are thrown away.",
            Check.RECORDS_READ,
            Fault.onReads(
                () ->
                    new ReadFault() {
                      @Override
                      public List<RowOp> rows(
                          ReadRequest asked,
                          List<RowOp> read,
                          Function<ReadRequest, List<RowOp>> again) {
                        return asked instanceof ReadRequest.RowsAfter
                            ? filtered(read, again)
                            : read;
                      }
                    }),
            INCREMENTAL_APPEND,
            INCREMENTAL_MERGE),
        Defect.of(
            "watermark-ahead",
            "The watermark is a microsecond later than the newest row, an offset one too high.",
            Check.EXTRACT_CHECKSUM,
            Fault.onReads(
                () ->
                    new ReadFault() {
                      @Override
                      public Position position(ReadRequest asked, Position position) {
                        return ProtocolDefects.each(position, ReadDefects::following);
                      }
                    }),
            INCREMENTAL_APPEND,
            INCREMENTAL_MERGE),
        Defect.of(
            "xmin-window-skips-transactions-in-flight",
            "The state holds the snapshot's xmax instead of its xmin.",
            Check.CONTENT,
            Fault.onReads(
                () ->
                    new ReadFault() {
                      @Override
                      public Position position(ReadRequest asked, Position position) {
                        // The one transaction in flight lies between xmin and xmax.
                        return ProtocolDefects.each(position, ReadDefects::next);
                      }
                    }),
            XMIN),
        Defect.of(
            "key-snapshot-empty",
            "The key snapshot comes back empty, so that every key seems to have vanished.",
            Check.UNTOUCHED_ROWS_UNTOUCHED,
            onKeys(keys -> new long[0]),
            XMIN),
        Defect.of(
            "key-snapshot-stale",
            "Keys that vanished are still in the key snapshot.",
            Check.DELETED_KEYS_ABSENT,
            Fault.onReads(StaleKeys::new),
            XMIN),
        Defect.of(
            "change-log-begins-too-late",
            "The first 50 events after the position are skipped.",
            Check.CONTENT,
            onRows(
                ReadRequest.Changes.class,
                rows -> rows.subList(Math.min(50, rows.size()), rows.size())),
            CDC),
        Defect.of(
                "change-events-out-of-order",
                "Change events are handed on in the reverse order.",
                Check.EVENT_ORDER,
                onRows(
                    ReadRequest.Changes.class,
                    rows -> {
                      List<RowOp> reversed = new ArrayList<>(rows);
                      Collections.reverse(reversed);
                      return reversed;
                    }),
                CDC)
            .only(Defects::log),
        Defect.of(
            "partition-change-unseen",
            "Fingerprints of partitions never change.",
            Check.UPDATES_APPLIED,
            onPartitions(
                partitions ->
                    partitions.stream()
                        .map(p -> new PartitionFingerprint(p.date(), "unchanged"))
                        .toList()),
            PARTITION_REPLACE),
        Defect.of(
            "every-partition-seems-touched",
            "Fingerprints of partitions differ at every read.",
            Check.UNTOUCHED_ROWS_UNTOUCHED,
            Fault.onReads(RestlessFingerprints::new),
            PARTITION_REPLACE),
        Defect.of(
            "last-backfill-day-skipped",
            "The last day of a backfill is taken as exclusive.",
            Check.UPDATES_APPLIED,
            Fault.onRequest(
                request ->
                    request.withParameters(
                        backfilling(
                            request.parameters(),
                            request
                                .parameters()
                                .backfill()
                                .subList(
                                    0, Math.max(0, request.parameters().backfill().size() - 1))))),
            BACKFILL),
        Defect.of(
            "page-lost",
            "The second page of 100 rows of every read is lost.",
            Check.ROW_COUNT,
            onRows(
                ReadRequest.class,
                rows ->
                    rows.size() <= PAGE_ROWS
                        ? rows
                        : joined(
                            rows.subList(0, PAGE_ROWS),
                            rows.subList(Math.min(2 * PAGE_ROWS, rows.size()), rows.size())))),
        Defect.of(
            "row-at-a-page-end-read-twice",
            "The last row of a page of 100 rows begins the next page again.",
            Check.EXTRACT_CHECKSUM,
            onRows(
                ReadRequest.class,
                rows ->
                    rows.size() <= PAGE_ROWS
                        ? rows
                        : joined(
                            rows.subList(0, PAGE_ROWS), rows.subList(PAGE_ROWS - 1, rows.size())))),
        Defect.of(
            "checksum-skips-a-column",
            "The row hash leaves a column out.",
            Check.EXTRACT_CHECKSUM,
            hashing(ShortSighted::new)),
        Defect.of(
            "checksum-constant",
            "Every row has the same hash.",
            Check.EXTRACT_CHECKSUM,
            hashing(Constant::new)),
        Defect.of(
            "differences-by-constant-checksum",
            "Every row has the same hash, so that a snapshot never shows an update.",
            Check.UPDATES_APPLIED,
            hashing(Constant::new),
            SNAPSHOT_DIFF,
            SCD2));
  }

  private static List<RowOp> filtered(List<RowOp> read, Function<ReadRequest, List<RowOp>> again) {
    Set<Long> keys = read.stream().map(RowOp::key).collect(Collectors.toSet());
    return again.apply(new ReadRequest.Snapshot(ReadRequest.Continuation.NONE)).stream()
        .filter(row -> keys.contains(row.key()))
        .map(row -> row.as(io.plumbline.matrix.connector.Op.UPDATE))
        .toList();
  }

  private static String following(String mark) {
    return mark.contains("T") ? LocalDateTime.parse(mark).plusNanos(1_000).toString() : next(mark);
  }

  private static String next(String number) {
    return Long.toString(Long.parseLong(number) + 1);
  }

  private static LocalDateTime updatedAt(RowOp row) {
    return (LocalDateTime) row.row()[Column.UPDATED_AT];
  }

  private static LocalDateTime newest(List<RowOp> rows) {
    return rows.stream()
        .map(ReadDefects::updatedAt)
        .max(Comparator.naturalOrder())
        .orElse(LocalDateTime.MIN);
  }

  private static List<RowOp> joined(List<RowOp> left, List<RowOp> right) {
    return Stream.concat(left.stream(), right.stream()).toList();
  }

  private static MoveRequest.Parameters backfilling(
      MoveRequest.Parameters parameters, List<LocalDate> dates) {
    return new MoveRequest.Parameters(
        parameters.effectiveAt(), parameters.window(), dates, parameters.batchRows());
  }

  /** A fault of the rows of some reads. */
  private static Fault onRows(
      Class<? extends ReadRequest> requests, UnaryOperator<List<RowOp>> change) {
    return Fault.onReads(
        () ->
            new ReadFault() {
              @Override
              public List<RowOp> rows(
                  ReadRequest asked, List<RowOp> read, Function<ReadRequest, List<RowOp>> again) {
                return requests.isInstance(asked) ? change.apply(read) : read;
              }
            });
  }

  private static Fault onKeys(UnaryOperator<long[]> change) {
    return Fault.onReads(
        () ->
            new ReadFault() {
              @Override
              public long[] keys(long[] keys) {
                return keys.length == 0 ? keys : change.apply(keys);
              }
            });
  }

  private static Fault onPartitions(UnaryOperator<List<PartitionFingerprint>> change) {
    return Fault.onReads(
        () ->
            new ReadFault() {
              @Override
              public List<PartitionFingerprint> partitions(List<PartitionFingerprint> partitions) {
                return change.apply(partitions);
              }
            });
  }

  /** The mover is the reference one, whatever mover it was: the hash is its own part. */
  private static Fault hashing(Supplier<RowChecksum> checksums) {
    return (mover, columns) -> new ReferenceMover(checksums);
  }

  /** Reads what lies at the last watermark once more, whatever the reader takes for a cursor. */
  private static final class InclusiveWatermark implements ReadFault {
    private LocalDateTime watermark = LocalDateTime.MIN;

    @Override
    public List<RowOp> rows(
        ReadRequest asked, List<RowOp> read, Function<ReadRequest, List<RowOp>> again) {
      List<RowOp> rows = read;
      if (asked instanceof ReadRequest.RowsAfter) {
        LocalDateTime boundary = watermark;
        List<Long> keys = read.stream().map(RowOp::key).toList();
        rows =
            joined(
                again.apply(new ReadRequest.Snapshot(ReadRequest.Continuation.NONE)).stream()
                    .filter(row -> updatedAt(row).equals(boundary) && !keys.contains(row.key()))
                    .map(row -> row.as(io.plumbline.matrix.connector.Op.UPDATE))
                    .toList(),
                read);
      }
      LocalDateTime newest = newest(rows);
      watermark = newest.isAfter(watermark) ? newest : watermark;
      return rows;
    }
  }

  /** Keeps every key that was ever seen. */
  private static final class StaleKeys implements ReadFault {
    private final java.util.TreeSet<Long> seen = new java.util.TreeSet<>();

    @Override
    public List<RowOp> rows(
        ReadRequest asked, List<RowOp> read, Function<ReadRequest, List<RowOp>> again) {
      read.forEach(row -> seen.add(row.key()));
      return read;
    }

    @Override
    public long[] keys(long[] keys) {
      if (keys.length == 0) {
        return keys;
      }
      Arrays.stream(keys).forEach(seen::add);
      return seen.stream().mapToLong(Long::longValue).toArray();
    }
  }

  private static final class RestlessFingerprints implements ReadFault {
    private int reads;

    @Override
    public List<PartitionFingerprint> partitions(List<PartitionFingerprint> partitions) {
      reads++;
      return partitions.stream()
          .map(p -> new PartitionFingerprint(p.date(), p.fingerprint() + "#" + reads))
          .toList();
    }
  }

  /** Does not see the first wide column. */
  private static final class ShortSighted extends RowChecksum {
    @Override
    public void compute(@Nullable Object[] row) {
      @Nullable Object[] seen = row.clone();
      seen[seen.length > Column.FIRST_WIDE ? Column.FIRST_WIDE : Column.AMOUNT] = null;
      super.compute(seen);
    }
  }

  private static final class Constant extends RowChecksum {
    @Override
    public long high() {
      return 1;
    }

    @Override
    public long low() {
      return 1;
    }
  }
}
