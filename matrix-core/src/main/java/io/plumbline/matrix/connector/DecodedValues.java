package io.plumbline.matrix.connector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apiguardian.api.API;

/**
 * Remembers what the bytes of a column's cells meant, so that equal cells share one value and each
 * distinct value is decoded once. Bounded: a column of distinct values is decoded cell by cell. Not
 * thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class DecodedValues {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /** A column has a hundred values or so; what is read for every cell should stay near. */
  private static final int FEWEST_SLOTS = 1 << 8;

  private static final int MOST = 1 << 12;
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private final Decoder decoder;
  private final boolean remembering;
  private byte[][] keys = new byte[FEWEST_SLOTS][];
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
    if (keys[slot] != null) {
      return values[slot];
    }
    Object value = decoder.decode(b, at, length);
    if (size < MOST) {
      keep(slot, Arrays.copyOfRange(b, at, at + length), value);
    }
    return value;
  }

  /** Where a cell's bytes are, or where they can be put. */
  private int slot(byte[] b, int at, int length) {
    int mask = keys.length - 1;
    int slot = hash(b, at, length) & mask;
    byte[] key = keys[slot];
    while (key != null && !Arrays.equals(key, 0, key.length, b, at, at + length)) {
      slot = (slot + 1) & mask;
      key = keys[slot];
    }
    return slot;
  }

  private void keep(int slot, byte[] key, Object value) {
    keys[slot] = key;
    values[slot] = value;
    size++;
    if (2 * size > keys.length) {
      grow();
    }
  }

  private void grow() {
    byte[][] oldKeys = keys;
    Object[] oldValues = values;
    keys = new byte[2 * oldKeys.length][];
    values = new Object[2 * oldKeys.length];
    for (int old = 0; old < oldKeys.length; old++) {
      byte[] key = oldKeys[old];
      if (key != null) {
        int slot = slot(key, 0, key.length);
        keys[slot] = key;
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
