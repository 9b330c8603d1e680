package io.plumbline.connector.clickhouse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer of little-endian numbers and bytes. */
final class ByteSink {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int VARINT_BITS = 7;
  private static final int VARINT_MORE = 0x80;

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
    SHORT.set(buffer, size, (short) value);
    size += 2;
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

  /** Two's complement in so many bytes. */
  void integer(BigInteger value, int width) {
    byte[] big = value.toByteArray();
    reserve(width);
    byte sign = (byte) (value.signum() < 0 ? -1 : 0);
    for (int i = 0; i < width; i++) {
      buffer[size++] = i < big.length ? big[big.length - 1 - i] : sign;
    }
  }

  void bytes(byte[] value) {
    reserve(value.length);
    System.arraycopy(value, 0, buffer, size, value.length);
    size += value.length;
  }

  void varint(int value) {
    int rest = value;
    while (rest >= VARINT_MORE) {
      int1((rest & (VARINT_MORE - 1)) | VARINT_MORE);
      rest >>>= VARINT_BITS;
    }
    int1(rest);
  }

  /** Length and bytes. */
  void string(byte[] value) {
    varint(value.length);
    bytes(value);
  }

  void text(String value) {
    string(value.getBytes(StandardCharsets.UTF_8));
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
