package io.plumbline.connector.kafka;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the inspector made of the texts that it saw before in a column. Bounded. */
final class SeenTexts {
  private static final int SLOTS = 1 << 12;
  private static final int MOST = SLOTS / 2;

  private final char[][] texts = new char[SLOTS][];
  private final Object[] values = new Object[SLOTS];
  private int size;

  @Nullable Object get(char[] text, int at, int length) {
    return values[slot(text, at, length)];
  }

  void put(char[] text, int at, int length, Object value) {
    int slot = slot(text, at, length);
    if (size < MOST && texts[slot] == null) {
      texts[slot] = Arrays.copyOfRange(text, at, at + length);
      values[slot] = value;
      size++;
    }
  }

  /** The slot that holds a text, or the empty one in which it would be. */
  private int slot(char[] text, int at, int length) {
    int hash = length;
    for (int i = at; i < at + length; i++) {
      hash = 31 * hash + text[i];
    }
    int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    while (texts[slot] != null
        && !Arrays.equals(texts[slot], 0, texts[slot].length, text, at, at + length)) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    return slot;
  }
}
