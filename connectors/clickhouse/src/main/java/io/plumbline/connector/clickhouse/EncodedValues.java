package io.plumbline.connector.clickhouse;

import org.jspecify.annotations.Nullable;

/**
 * Remembers the bytes of a column's values by the identity of the value object: a mover that hands
 * on shared values has each encoded once. Bounded; what does not fit is encoded each time.
 */
final class EncodedValues {
  private static final int SLOTS = 1 << 13;
  private static final int MOST = SLOTS / 2;

  private final RowBinaryEncoder encoder;
  private final boolean nullable;
  private final boolean remembering;
  private final ByteSink scratch = new ByteSink(64);
  private final Object[] values = new Object[SLOTS];
  private final byte[][] bytes = new byte[SLOTS][];
  private int size;

  /**
   * Of a column.
   *
   * @param nullable true when each value has a mark in front that says whether it is NULL
   * @param distinct true when hardly any two cells are the same object
   */
  EncodedValues(RowBinaryEncoder encoder, boolean nullable, boolean distinct) {
    this.encoder = encoder;
    this.nullable = nullable;
    this.remembering = !distinct;
  }

  /**
   * Appends a value.
   *
   * @throws ClickhouseException when it is NULL and must not be
   */
  void append(@Nullable Object value, ByteSink out) {
    if (value == null) {
      if (!nullable) {
        throw new ClickhouseException("A column that must not be NULL got NULL.");
      }
      out.int1(1);
      return;
    }
    if (!remembering) {
      encode(value, out);
      return;
    }
    int slot = (System.identityHashCode(value) * 0x9E3779B9) >>> 19;
    Object key = values[slot];
    while (key != null) {
      if (key == value) {
        out.bytes(bytes[slot]);
        return;
      }
      slot = (slot + 1) & (SLOTS - 1);
      key = values[slot];
    }
    if (size < MOST) {
      scratch.clear();
      encode(value, scratch);
      values[slot] = value;
      bytes[slot] = scratch.toArray();
      size++;
      out.bytes(bytes[slot]);
    } else {
      encode(value, out);
    }
  }

  private void encode(Object value, ByteSink out) {
    if (nullable) {
      out.int1(0);
    }
    encoder.encode(value, out);
  }
}
