package io.plumbline.connector.json;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers what the texts of a column's cells meant, so that equal cells share one value and each
 * distinct value is decoded once. Bounded: a column of distinct values is decoded cell by cell.
 */
final class DecodedValues {
  private static final int BITS = 13;
  private static final int SLOTS = 1 << BITS;
  private static final int MOST = SLOTS / 2;

  private final ValueCodec codec;
  private final boolean remembering;
  private final char[][] texts;
  private final Object[] values;
  private final Map<List<?>, List<?>> arrays = new HashMap<>();
  private int size;

  /**
   * Of a column.
   *
   * @param distinct true when hardly any two cells are equal
   */
  DecodedValues(ValueCodec codec, boolean distinct) {
    this.codec = codec;
    this.remembering = !distinct;
    this.texts = new char[distinct ? 0 : SLOTS][];
    this.values = new Object[distinct ? 0 : SLOTS];
  }

  /** The value of a scalar's text. */
  Object get(char[] text, int at, int length) {
    if (!remembering) {
      return codec.decode(new String(text, at, length));
    }
    int slot = slot(text, at, length);
    char[] known = texts[slot];
    while (known != null) {
      if (Arrays.equals(known, 0, known.length, text, at, at + length)) {
        return values[slot];
      }
      slot = (slot + 1) & (SLOTS - 1);
      known = texts[slot];
    }
    Object value = codec.decode(new String(text, at, length));
    if (size < MOST) {
      texts[slot] = Arrays.copyOfRange(text, at, at + length);
      values[slot] = value;
      size++;
    }
    return value;
  }

  /** The one list that stands for all that are equal. */
  List<?> shared(List<?> array) {
    List<?> known = arrays.get(array);
    if (known == null && arrays.size() < MOST) {
      arrays.put(array, array);
    }
    return known == null ? array : known;
  }

  private static int slot(char[] text, int at, int length) {
    long hash = length;
    for (int i = at; i < at + length; i++) {
      hash = (hash ^ text[i]) * 0x9E3779B97F4A7C15L;
    }
    return (int) (hash >>> (64 - BITS));
  }
}
