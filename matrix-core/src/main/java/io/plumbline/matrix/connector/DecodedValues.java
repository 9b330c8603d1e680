package io.plumbline.matrix.connector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apiguardian.api.API;

/**
 * Remembers what the bytes of a column's cells meant, so that equal cells share one value and each
 * distinct value is decoded once. Bounded, in cells and in their bytes: a column of distinct or of
 * large values is decoded cell by cell. Not thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class DecodedValues {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /** A column has a hundred values or so; what is read for every cell should stay near. */
  private static final int FEWEST_SLOTS = 1 << 8;

  private static final int MOST = 1 << 12;
  private static final int MOST_BYTES = 1 << 22;
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private final Decoder decoder;
  private final boolean remembering;

  /** Known cells, each behind its length; side by side, because what is spread is slow to reach. */
  private byte[] cells = new byte[1 << 10];

  private int end = Integer.BYTES;

  /** By slot where the cell's bytes begin, 0 where there is none. */
  private int[] offsets = new int[FEWEST_SLOTS];

  private Object[] values = new Object[FEWEST_SLOTS];
  private int size;

  /** What the bytes of a cell mean. */
  @FunctionalInterface
  public interface Decoder {
    /**
     * Decodes a cell that is not NULL.
     *
     * @param b has the cell's bytes, which may change afterwards
     */
    Object decode(byte[] b, int at, int length);
  }

  /**
   * Of a column.
   *
   * @param distinct true when hardly any two cells are equal
   */
  public DecodedValues(Decoder decoder, boolean distinct) {
    this.decoder = decoder;
    this.remembering = !distinct;
  }

  /** The value of a cell that is not NULL. */
  public Object get(byte[] b, int at, int length) {
    if (!remembering) {
      return decoder.decode(b, at, length);
    }
    int slot = slot(b, at, length);
    if (offsets[slot] != 0) {
      return values[slot];
    }
    Object value = decoder.decode(b, at, length);
    if (size < MOST && length <= MOST_BYTES - end) {
      keep(slot, b, at, length, value);
    }
    return value;
  }

  /** Where a cell is, or where it can be put. */
  private int slot(byte[] b, int at, int length) {
    int mask = offsets.length - 1;
    int slot = hash(b, at, length) & mask;
    int offset = offsets[slot];
    while (offset != 0 && !holds(offset, b, at, length)) {
      slot = (slot + 1) & mask;
      offset = offsets[slot];
    }
    return slot;
  }

  private boolean holds(int offset, byte[] b, int at, int length) {
    return length(offset) == length
        && Arrays.equals(cells, offset, offset + length, b, at, at + length);
  }

  private int length(int offset) {
    return (int) INT.get(cells, offset - Integer.BYTES);
  }

  private void keep(int slot, byte[] b, int at, int length, Object value) {
    int offset = end;
    end += length + Integer.BYTES;
    if (end > cells.length) {
      cells = Arrays.copyOf(cells, Math.max(2 * cells.length, end));
    }
    INT.set(cells, offset - Integer.BYTES, length);
    System.arraycopy(b, at, cells, offset, length);
    offsets[slot] = offset;
    values[slot] = value;
    size++;
    if (2 * size > offsets.length) {
      grow();
    }
  }

  private void grow() {
    int[] oldOffsets = offsets;
    Object[] oldValues = values;
    offsets = new int[2 * oldOffsets.length];
    values = new Object[2 * oldOffsets.length];
    for (int old = 0; old < oldOffsets.length; old++) {
      int offset = oldOffsets[old];
      if (offset != 0) {
        int slot = slot(cells, offset, length(offset));
        offsets[slot] = offset;
        values[slot] = oldValues[old];
      }
    }
  }

  private static int hash(byte[] b, int at, int length) {
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
    return (int) (hash >>> 40);
  }
}
