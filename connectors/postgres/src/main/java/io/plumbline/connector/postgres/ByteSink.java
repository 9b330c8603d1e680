package io.plumbline.connector.postgres;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing buffer of big-endian numbers and bytes. */
final class ByteSink {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] buffer;
  private int size;

  ByteSink(int capacity) {
    this.buffer = new byte[capacity];
  }

  private void reserve(int more) {
    if (size + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(size + more, 2 * buffer.length));
    }
  }

  void int1(int value) {
    reserve(1);
    buffer[size++] = (byte) value;
  }

  void int2(int value) {
    reserve(2);
    buffer[size++] = (byte) (value >> 8);
    buffer[size++] = (byte) value;
  }

  void int4(int value) {
    reserve(4);
    INT.set(buffer, size, value);
    size += 4;
  }

  void int8(long value) {
    reserve(8);
    LONG.set(buffer, size, value);
    size += 8;
  }

  void bytes(byte[] value) {
    reserve(value.length);
    System.arraycopy(value, 0, buffer, size, value.length);
    size += value.length;
  }

  void text(String value) {
    bytes(BinaryEncoder.utf8(value));
  }

  /** Leaves room for a length; returns where it is. */
  int beginLength() {
    int4(0);
    return size - 4;
  }

  /** Fills in the length of what was appended since {@link #beginLength}. */
  void endLength(int mark) {
    patch(mark, size - mark - 4);
  }

  void patch(int mark, int value) {
    INT.set(buffer, mark, value);
  }

  int size() {
    return size;
  }

  byte[] buffer() {
    return buffer;
  }

  byte[] toArray() {
    return Arrays.copyOf(buffer, size);
  }

  void clear() {
    size = 0;
  }
}
