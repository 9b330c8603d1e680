package io.plumbline.matrix.oracle;

import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.RowClass;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Keys by class and day: all keys of a class and day fare alike. */
final class KeysByDay {
  private static final List<RowClass> CLASSES = List.of(RowClass.values());
  private static final List<LocalDate> DAYS =
      Dataset.FIRST_DATE.datesUntil(Dataset.LAST_DATE.plusDays(1)).toList();

  private static final long FIRST_DAY = Dataset.FIRST_DATE.toEpochDay();

  private KeysByDay() {}

  /** How many keys of a class lie on a day. */
  record Keys(RowClass rowClass, LocalDate date, long count) {}

  /** Where a class and a day stand in a table of all of them. */
  static int place(RowClass rowClass, LocalDate date) {
    return RowComparison.kind(rowClass) * DAYS.size() + (int) (date.toEpochDay() - FIRST_DAY);
  }

  /** All classes and days in the order of their places, with their keys. */
  static List<Keys> of(Dataset dataset) {
    long[] counts = new long[CLASSES.size() * DAYS.size()];
    for (long key = 1; key <= dataset.maxKey(); key++) {
      counts[place(dataset.classOf(key), dataset.dateOf(key))]++;
    }
    return all(counts);
  }

  /** All classes and days in the order of their places. */
  static List<Keys> all() {
    return all(new long[CLASSES.size() * DAYS.size()]);
  }

  private static List<Keys> all(long[] counts) {
    List<Keys> keys = new ArrayList<>();
    for (int kind = 0; kind < CLASSES.size(); kind++) {
      int sought = kind;
      RowClass rowClass =
          CLASSES.stream().filter(c -> RowComparison.kind(c) == sought).findFirst().orElseThrow();
      for (LocalDate day : DAYS) {
        keys.add(new Keys(rowClass, day, counts[keys.size()]));
      }
    }
    return List.copyOf(keys);
  }
}
