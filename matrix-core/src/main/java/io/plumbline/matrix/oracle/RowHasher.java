package io.plumbline.matrix.oracle;

import io.plumbline.matrix.dataset.Absent;
import io.plumbline.matrix.dataset.Bytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.apache.commons.codec.digest.MurmurHash3;
import org.jspecify.annotations.Nullable;

/**
 * The oracle's implementation of the row hash that {@code docs/checksum.md} fixes. Not thread-safe.
 */
final class RowHasher {
  private static final long[] ABSENT_CELL = murmur(new byte[] {0});
  private static final long[] NULL_CELL = murmur(new byte[] {1});

  private final long[] highFactors;
  private final long[] lowFactors;
  private long sumHigh;
  private long sumLow;

  /** A hasher of rows of at most so many cells. */
  RowHasher(int width) {
    this.highFactors = new long[width];
    this.lowFactors = new long[width];
    for (int column = 0; column < width; column++) {
      highFactors[column] = scramble(2L * column + 1) | 1;
      lowFactors[column] = scramble(2L * column + 2) | 1;
    }
  }

  /** Forgets the row before and takes the first so many of these cells. */
  void begin(Object[] cells, int count) {
    begin(0, 0);
    for (int column = 0; column < count; column++) {
      cell(column, cells[column]);
    }
  }

  /** Forgets the row before and takes cells whose sums were kept. */
  void begin(long high, long low) {
    sumHigh = high;
    sumLow = low;
  }

  /** Adds one more cell. */
  void cell(int column, @Nullable Object value) {
    long[] hash = hash(value);
    cell(column, hash[0], hash[1]);
  }

  /** Adds one more cell whose hash is known. */
  void cell(int column, long high, long low) {
    sumHigh += high * highFactors[column];
    sumLow += low * lowFactors[column];
  }

  long sumHigh() {
    return sumHigh;
  }

  long sumLow() {
    return sumLow;
  }

  /** Adds the row's hash to a checksum. */
  void finish(ContentChecksum checksum) {
    long high = scramble(sumHigh ^ Long.rotateLeft(sumLow, 32));
    checksum.add(high, scramble(sumLow + high));
  }

  private static long scramble(long value) {
    long mixed = value;
    mixed ^= mixed >>> 33;
    mixed *= 0xFF51AFD7ED558CCDL;
    mixed ^= mixed >>> 33;
    mixed *= 0xC4CEB9FE1A85EC53L;
    mixed ^= mixed >>> 33;
    return mixed;
  }

  /** Hash of a cell: tag, length, canonical bytes. */
  static long[] hash(@Nullable Object value) {
    if (value == null) {
      return NULL_CELL;
    }
    if (value == Absent.ABSENT) {
      return ABSENT_CELL;
    }
    byte[] content = content(value);
    byte[] cell = new byte[5 + content.length];
    ByteBuffer.wrap(cell).put((byte) 2).putInt(content.length).put(content);
    return murmur(cell);
  }

  private static long[] murmur(byte[] cell) {
    return MurmurHash3.hash128x64(cell, 0, cell.length, 0);
  }

  private static byte[] content(Object value) {
    if (value instanceof List<?> list) {
      return listContent(list);
    }
    byte[] array = new byte[16];
    ByteBuffer fixed = ByteBuffer.wrap(array);
    if (value instanceof Long number) {
      fixed.putLong(number);
    } else if (value instanceof Double number) {
      fixed.putLong(Double.doubleToLongBits(number));
    } else if (value instanceof Float number) {
      fixed.putInt(Float.floatToIntBits(number));
    } else if (value instanceof Boolean truth) {
      fixed.put((byte) (truth ? 1 : 0));
    } else if (value instanceof LocalDate date) {
      fixed.putLong(date.toEpochDay());
    } else if (value instanceof LocalTime time) {
      fixed.putLong(time.toNanoOfDay());
    } else if (value instanceof LocalDateTime time) {
      fixed.putLong(time.toEpochSecond(ZoneOffset.UTC)).putInt(time.getNano());
    } else if (value instanceof OffsetDateTime time) {
      fixed.putLong(time.toEpochSecond()).putInt(time.getNano());
      fixed.putInt(time.getOffset().getTotalSeconds());
    } else if (value instanceof UUID uuid) {
      fixed.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    } else if (value instanceof Bytes bytes) {
      return bytes.toArray();
    } else {
      return text(value).getBytes(StandardCharsets.UTF_8);
    }
    return java.util.Arrays.copyOf(array, fixed.position());
  }

  private static String text(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof String || value instanceof BigInteger) {
      return value.toString();
    }
    throw new IllegalStateException(
        "A cell holds a %s, which is no canonical value.".formatted(value.getClass().getName()));
  }

  private static byte[] listContent(List<?> list) {
    int size = 4;
    byte[][] elements = new byte[list.size()][];
    for (int i = 0; i < elements.length; i++) {
      Object element = list.get(i);
      elements[i] = element == null ? null : content(element);
      size += element == null ? 1 : 5 + elements[i].length;
    }
    byte[] result = new byte[size];
    ByteBuffer buffer = ByteBuffer.wrap(result).putInt(elements.length);
    for (byte[] element : elements) {
      if (element == null) {
        buffer.put((byte) 1);
      } else {
        buffer.put((byte) 2).putInt(element.length).put(element);
      }
    }
    return result;
  }
}
