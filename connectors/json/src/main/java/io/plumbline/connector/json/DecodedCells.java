package io.plumbline.connector.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what the bytes of a column's cells meant, so that equal cells share one value and each
 * distinct value is decoded once. Bounded: a column of distinct values is decoded cell by cell.
 */
final class DecodedCells {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final int BITS = 13;
  private static final int SLOTS = 1 << BITS;
  private static final int MOST = SLOTS / 2;
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private final byte[][] cells = new byte[SLOTS][];
  private final Object[] values = new Object[SLOTS];
  private int size;

  /** The value of a cell that was seen before; null when it was not. */
  @Nullable Object get(byte[] b, int at, int length) {
    int slot = slot(b, at, length);
    for (byte[] cell = cells[slot]; cell != null; cell = cells[slot]) {
      if (Arrays.equals(cell, 0, cell.length, b, at, at + length)) {
        return values[slot];
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    return null;
  }

  /** Keeps the value of a cell that was not seen before, while there is room. */
  void put(byte[] b, int at, int length, Object value) {
    if (size == MOST) {
      return;
    }
    int slot = slot(b, at, length);
    while (cells[slot] != null) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    cells[slot] = Arrays.copyOfRange(b, at, at + length);
    values[slot] = value;
    size++;
  }

  private static int slot(byte[] b, int at, int length) {
    long hash = length;
    int i = at;
    int end = at + length;
    for (; i + Long.BYTES <= end; i += Long.BYTES) {
      hash = (hash ^ (long) LONG.get(b, i)) * PRIME;
      hash ^= hash >>> 32;
    }
    for (; i < end; i++) {
      hash = (hash ^ b[i]) * PRIME;
    }
    return (int) (hash >>> (Long.SIZE - BITS - 8)) & (SLOTS - 1);
  }
}
