package io.plumbline.matrix.connector;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the bytes of a column's values by the identity of the value object: a mover that hands
 * on shared values has each encoded once. Bounded; what does not fit is encoded each time. Not
 * thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class EncodedValues {
  /** A column has a hundred values or so; what is read for every cell should stay near. */
  private static final int FEWEST_SLOTS = 1 << 8;

  private static final int MOST = 1 << 12;
  private static final int PRIME = 0x9E3779B9;

  private final Encoder encoder;
  private final boolean remembering;
  private @Nullable Object[] values = new @Nullable Object[FEWEST_SLOTS];
  private byte[][] encoded = new byte[FEWEST_SLOTS][];
  private int size;

  /** The bytes of a value. */
  @FunctionalInterface
  public interface Encoder {
    /** Encodes a value that is not NULL. */
    byte[] encode(Object value);
  }

  /**
   * Of a column.
   *
   * @param distinct true when hardly any two cells are the same object
   */
  public EncodedValues(Encoder encoder, boolean distinct) {
    this.encoder = encoder;
    this.remembering = !distinct;
  }

  /** The bytes of a value that is not NULL; nobody may change them. */
  public byte[] of(Object value) {
    if (!remembering) {
      return encoder.encode(value);
    }
    int slot = slot(value);
    if (values[slot] == value) {
      return encoded[slot];
    }
    byte[] bytes = encoder.encode(value);
    if (size < MOST) {
      keep(slot, value, bytes);
    }
    return bytes;
  }

  /** Where a value is, or where it can be put. */
  private int slot(Object value) {
    int mask = values.length - 1;
    int slot = ((System.identityHashCode(value) * PRIME) >>> Byte.SIZE) & mask;
    while (values[slot] != null && values[slot] != value) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void keep(int slot, Object value, byte[] bytes) {
    values[slot] = value;
    encoded[slot] = bytes;
    size++;
    if (2 * size > values.length) {
      grow();
    }
  }

  private void grow() {
    @Nullable Object[] oldValues = values;
    byte[][] oldEncoded = encoded;
    values = new @Nullable Object[2 * oldValues.length];
    encoded = new byte[2 * oldValues.length][];
    for (int old = 0; old < oldValues.length; old++) {
      Object value = oldValues[old];
      if (value != null) {
        int slot = slot(value);
        values[slot] = value;
        encoded[slot] = oldEncoded[old];
      }
    }
  }
}
