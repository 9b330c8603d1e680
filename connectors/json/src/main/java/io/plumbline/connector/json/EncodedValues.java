package io.plumbline.connector.json;

import org.jspecify.annotations.Nullable;

/**
 * Remembers the JSON of a column's values by the identity of the value object: a mover that hands
 * on shared values has each encoded once. Bounded; what does not fit is encoded each time.
 */
final class EncodedValues {
  private static final int BITS = 13;
  private static final int SLOTS = 1 << BITS;
  private static final int MOST = SLOTS / 2;

  private final ValueCodec codec;
  private final boolean remembering;
  private final @Nullable Object[] values;
  private final byte[][] encoded;
  private int size;

  /**
   * Of a column.
   *
   * @param distinct true when hardly any two cells are the same object
   */
  EncodedValues(ValueCodec codec, boolean distinct) {
    this.codec = codec;
    this.remembering = !distinct;
    this.values = new @Nullable Object[distinct ? 0 : SLOTS];
    this.encoded = new byte[distinct ? 0 : SLOTS][];
  }

  byte[] get(Object value) {
    if (!remembering) {
      return codec.encode(value);
    }
    int slot = (System.identityHashCode(value) * 0x9E3779B9) >>> (32 - BITS);
    while (values[slot] != null) {
      if (values[slot] == value) {
        return encoded[slot];
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    byte[] json = codec.encode(value);
    if (size < MOST) {
      values[slot] = value;
      encoded[slot] = json;
      size++;
    }
    return json;
  }
}
