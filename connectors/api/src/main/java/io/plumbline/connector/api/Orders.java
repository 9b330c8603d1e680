package io.plumbline.connector.api;

import io.plumbline.matrix.dataset.Dataset;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the fixture's server knows about a case: the changes in the order in which they were made.
 * Rows are a function of the data set, so only versions are kept. Thread-safe.
 */
final class Orders {
  /** A change; version 0 is none: the row is gone. */
  record Change(long sequence, long id, int version) {}

  /** No id. */
  static final long NONE = 0;

  /** The list of dates that holds them all. */
  static final String EVERY_DATE = "*";

  private final Dataset dataset;
  private final List<Change> changes = new ArrayList<>();
  private final Map<Long, List<Change>> byId = new HashMap<>();
  private long base;

  Orders(Dataset dataset) {
    this.dataset = dataset;
  }

  /** Begins anew with version 1 of every base row; each is a change of its own. */
  synchronized void seed() {
    changes.clear();
    byId.clear();
    base = dataset.volume().rows();
  }

  /** Makes changes at once; their sequence is given here. */
  synchronized void commit(List<Change> made) {
    for (Change change : made) {
      Change numbered = new Change(sequence() + 1, change.id(), change.version());
      changes.add(numbered);
      byId.computeIfAbsent(change.id(), id -> new ArrayList<>(1)).add(numbered);
    }
  }

  /** The number of the last change. */
  synchronized long sequence() {
    return base + changes.size();
  }

  /** A change by its number. */
  synchronized Change change(long sequence) {
    return sequence <= base
        ? new Change(sequence, sequence, 1)
        : changes.get((int) (sequence - base - 1));
  }

  /** The version of a row after a change; 0 when there is no such row. */
  synchronized int version(long id, long asOf) {
    int version = id <= base && id <= asOf ? 1 : 0;
    for (Change change : byId.getOrDefault(id, List.of())) {
      if (change.sequence() <= asOf) {
        version = change.version();
      }
    }
    return version;
  }

  /**
   * The next row's id.
   *
   * @param dates a comma list
   * @return {@link #NONE} after the last
   */
  long next(long after, long asOf, String dates) {
    for (long id = after + 1; id <= dataset.maxKey(); id++) {
      boolean wanted = dates.equals(EVERY_DATE) || dates.contains(dataset.dateOf(id).toString());
      if (wanted && version(id, asOf) > 0) {
        return id;
      }
    }
    return NONE;
  }

  /** The image of a row in a version. */
  Object[] row(long id, int version) {
    return dataset.row(id, version);
  }

  /** A text per partition that changes with every change of one of its rows. */
  synchronized Map<LocalDate, String> fingerprints(long asOf) {
    Map<LocalDate, long[]> sums = new TreeMap<>();
    for (long id = 1; id <= dataset.maxKey(); id++) {
      int version = version(id, asOf);
      if (version > 0) {
        long[] sum = sums.computeIfAbsent(dataset.dateOf(id), date -> new long[3]);
        sum[0]++;
        sum[1] += id * version;
        sum[2] = Math.max(sum[2], last(id));
      }
    }
    Map<LocalDate, String> fingerprints = new TreeMap<>();
    sums.forEach((date, sum) -> fingerprints.put(date, sum[0] + "-" + sum[1] + "-" + sum[2]));
    return fingerprints;
  }

  private long last(long id) {
    List<Change> made = byId.get(id);
    return made == null ? 0 : made.get(made.size() - 1).sequence();
  }
}
