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
  private static final int SLOTS = 1 << 13;
  private static final int MOST = SLOTS / 2;
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private final Decoder decoder;
  private final boolean remembering;
  private final byte[][] keys = new byte[SLOTS][];
  private final Object[] values = new Object[SLOTS];
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
    byte[] key = keys[slot];
    while (key != null) {
      if (Arrays.equals(key, 0, key.length, b, at, at + length)) {
        return values[slot];
      }
      slot = (slot + 1) & (SLOTS - 1);
      key = keys[slot];
    }
    Object value = decoder.decode(b, at, length);
    if (size < MOST) {
      keys[slot] = Arrays.copyOfRange(b, at, at + length);
      values[slot] = value;
      size++;
    }
    return value;
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
    return (int) (hash >>> 40) & (SLOTS - 1);
  }
}
