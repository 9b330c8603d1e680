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
  /** Choices are bytes. */
  private static final int BITS = 8;

  private static final Object NOTHING = new Object();

  private final @Nullable Object[] objects;
  private final @Nullable Met[] hashed;

  /** An object and the hash of its cell. */
  record Met(@Nullable Object object, long high, long low) {}

  MetCells(int wideColumns) {
    this.objects = new @Nullable Object[wideColumns << BITS];
    this.hashed = new @Nullable Met[wideColumns << BITS];
    Arrays.fill(objects, NOTHING);
  }

  /** True when all wide cells of a row were met where these choices are expected. */
  boolean all(Object[] cells, byte[] choices) {
    @Nullable Object[] met = objects;
    for (int j = 0; j < choices.length; j++) {
      if (met[(j << BITS) + choices[j] - Dataset.NULL_CHOICE] != cells[Column.FIRST_WIDE + j]) {
        return false;
      }
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

  private static int place(int wideColumn, byte choice) {
    return (wideColumn << BITS) + choice - Dataset.NULL_CHOICE;
  }
}
