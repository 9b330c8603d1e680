package io.plumbline.matrix.oracle;

import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * For every value that a wide cell may be expected to have: the object that was last read back and
 * found equal to it, and that object's hash. A cell that is this very object needs neither be
 * compared nor hashed again. Thread-safe without locks: whatever a race leaves here was found equal
 * by somebody, and a hash goes with its object.
 */
final class MetCells {
  private static final Object NOTHING = new Object();

  /** No wider than it has to be: all of it is read for every row, and should stay near. */
  private final int choices;

  private final @Nullable Object[] objects;
  private final @Nullable Met[] hashed;

  /** An object and the hash of its cell. */
  record Met(@Nullable Object object, long high, long low) {}

  /**
   * Nothing was met yet.
   *
   * @param choices how many values a column draws from at most, NULL among them
   */
  MetCells(int wideColumns, int choices) {
    this.choices = choices;
    this.objects = new @Nullable Object[wideColumns * choices];
    this.hashed = new @Nullable Met[wideColumns * choices];
    Arrays.fill(objects, NOTHING);
  }

  /** True when all wide cells of a row were met where these choices are expected. */
  boolean all(Object[] cells, byte[] chosen) {
    @Nullable Object[] met = objects;
    int first = -Dataset.NULL_CHOICE;
    for (int j = 0; j < chosen.length; j++) {
      if (met[first + chosen[j]] != cells[Column.FIRST_WIDE + j]) {
        return false;
      }
      first += choices;
    }
    return true;
  }

  /** What is known of a cell where a choice is expected; null when it was not met there. */
  @Nullable Met get(int wideColumn, byte choice, @Nullable Object cell) {
    Met met = hashed[place(wideColumn, choice)];
    return met != null && met.object() == cell ? met : null;
  }

  /** A cell was found equal to what is expected there. */
  void meet(int wideColumn, byte choice, Met met) {
    int place = place(wideColumn, choice);
    hashed[place] = met;
    objects[place] = met.object();
  }

  private int place(int wideColumn, byte choice) {
    return wideColumn * choices + choice - Dataset.NULL_CHOICE;
  }
}
