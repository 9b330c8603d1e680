package io.plumbline.matrix.oracle;

import io.plumbline.matrix.dataset.Absent;
import io.plumbline.matrix.dataset.Bytes;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
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
import java.util.Objects;
import java.util.UUID;
import org.apache.commons.codec.digest.MurmurHash3;
import org.jspecify.annotations.Nullable;

/**
 * The oracle's implementation of the row hash that {@code docs/checksum.md} fixes. Not thread-safe.
 *
 * <p>The hash of a cell is a function of its value alone, so each column numbers the objects that
 * it has hashed. Which number the cell had that last stood for the same value of the data set is
 * kept as a hint: when the object at that number is the cell itself, its hash is known without
 * touching the object. A wrong hint costs a look-up by identity and nothing else. In the same way a
 * column remembers which expected object an object was last found equal to.
 */
final class RowHasher {
  private static final int MOST_BITS = 14;

  /** Enough for the choices of a row, which are bytes, and NULL. */
  private static final int HINT_BITS = 8;

  private static final int NULL_NUMBER = 0;
  private static final Object NOTHING = new Object();
  private static final long[] ABSENT_CELL = murmur(new byte[] {0});
  private static final long[] NULL_CELL = murmur(new byte[] {1});

  private final int width;
  private final long[] highFactors;
  private final long[] lowFactors;
  private final int[] sizes;
  private final int[][] slots;
  private final short[] hints;
  private final byte[] unhinted;
  private final long[] keyHashes;
  private final int[] suspects;

  /** The tables hold number n of column c at {@code (c << bits) + n}. */
  private int bits = 7;

  private @Nullable Object[] numbered;
  private @Nullable Object[] provenEqual;
  private long[] hashes;

  private int suspectCount;
  private long sumHigh;
  private long sumLow;

  /**
   * A hasher of rows of at most so many cells.
   *
   * @param keys keys below it are remembered by their value
   */
  RowHasher(int width, int keys) {
    this.width = width;
    this.highFactors = new long[width];
    this.lowFactors = new long[width];
    this.sizes = new int[width];
    this.slots = new int[width][2 << bits];
    this.hints = new short[width << HINT_BITS];
    this.unhinted = new byte[width];
    this.keyHashes = new long[2 * keys];
    this.suspects = new int[width];
    this.numbered = new @Nullable Object[width << bits];
    this.provenEqual = new @Nullable Object[width << bits];
    this.hashes = new long[(2 * width) << bits];
    for (int column = 0; column < width; column++) {
      highFactors[column] = scramble(2L * column + 1) | 1;
      lowFactors[column] = scramble(2L * column + 2) | 1;
      clear(column);
    }
  }

  /** Forgets the row before and takes these cells as the first columns of a row. */
  void begin(Object[] cells) {
    begin(cells, cells, unhinted);
  }

  /**
   * As {@link #begin(Object[])}, and compares each cell with an expected one.
   *
   * @param choices which value of its domain each wide cell is expected to be
   * @return the number of cells that are not known to be equal; {@link #suspect} names them
   */
  int begin(Object[] cells, Object[] expected, byte[] choices) {
    suspectCount = 0;
    key(cells[Column.ID]);
    if (!Objects.equals(cells[Column.ID], expected[Column.ID])) {
      suspects[suspectCount++] = Column.ID;
    }
    long high = sumHigh;
    long low = sumLow;
    for (int column = Column.ID + 1; column < cells.length; column++) {
      Object cell = cells[column];
      int hint = column << HINT_BITS;
      if (column >= Column.FIRST_WIDE) {
        hint += choices[column - Column.FIRST_WIDE] - Dataset.NULL_CHOICE;
      }
      int at = (column << bits) + hints[hint];
      if (numbered[at] != cell) {
        int number = cell == null ? NULL_NUMBER : number(column, cell);
        hints[hint] = (short) number;
        at = (column << bits) + number;
      }
      high += hashes[2 * at];
      low += hashes[2 * at + 1];
      if (provenEqual[at] != expected[column]) {
        suspects[suspectCount++] = column;
      }
    }
    sumHigh = high;
    sumLow = low;
    return suspectCount;
  }

  /** The column of a cell that is not known to be equal to the expected one. */
  int suspect(int index) {
    return suspects[index];
  }

  /** Keys are all different, so they are remembered by value, as far as that goes. */
  private void key(@Nullable Object key) {
    sumHigh = 0;
    sumLow = 0;
    int place = key instanceof Long id && id > 0 && id < keyHashes.length / 2 ? id.intValue() : -1;
    if (place < 0) {
      cell(Column.ID, key);
      return;
    }
    if (keyHashes[2 * place] == 0) {
      cell(Column.ID, key);
      keyHashes[2 * place] = sumHigh;
      keyHashes[2 * place + 1] = sumLow;
    }
    sumHigh = keyHashes[2 * place];
    sumLow = keyHashes[2 * place + 1];
  }

  /** Takes a row whose sums were kept. */
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

  /** True when a suspect cell equals the expected one after all; remembers it. */
  boolean equal(int column, @Nullable Object expected, @Nullable Object actual) {
    if (expected == null || actual == null) {
      return expected == actual;
    }
    boolean equal = expected == actual || expected.equals(actual);
    if (equal && column != Column.ID) {
      provenEqual[(column << bits) + number(column, actual)] = expected;
    }
    return equal;
  }

  /** The number of an object in its column; a new one when it was not seen before. */
  private int number(int column, Object cell) {
    int[] table = slots[column];
    int slot = slot(table, System.identityHashCode(cell));
    while (table[slot] != 0) {
      if (numbered[(column << bits) + table[slot]] == cell) {
        return table[slot];
      }
      slot = (slot + 1) & (table.length - 1);
    }
    if (sizes[column] == 1 << bits) {
      if (bits == MOST_BITS) {
        clear(column);
      } else {
        grow();
      }
      return number(column, cell);
    }
    int number = sizes[column]++;
    int at = (column << bits) + number;
    long[] hash = hash(cell);
    numbered[at] = cell;
    provenEqual[at] = NOTHING;
    hashes[2 * at] = hash[0] * highFactors[column];
    hashes[2 * at + 1] = hash[1] * lowFactors[column];
    table[slot] = number;
    return number;
  }

  private static int slot(int[] table, int identity) {
    return ((identity * 0x9E3779B9) >>> 16) & (table.length - 1);
  }

  private void clear(int column) {
    int first = column << bits;
    java.util.Arrays.fill(numbered, first, first + (1 << bits), NOTHING);
    java.util.Arrays.fill(provenEqual, first, first + (1 << bits), NOTHING);
    java.util.Arrays.fill(slots[column], 0);
    sizes[column] = 1;
    numbered[first + NULL_NUMBER] = null;
    provenEqual[first + NULL_NUMBER] = null;
    hashes[2 * first] = NULL_CELL[0] * highFactors[column];
    hashes[2 * first + 1] = NULL_CELL[1] * lowFactors[column];
  }

  private void grow() {
    @Nullable Object[] oldNumbered = numbered;
    @Nullable Object[] oldProven = provenEqual;
    long[] oldHashes = hashes;
    int oldBits = bits;
    bits++;
    numbered = new @Nullable Object[width << bits];
    provenEqual = new @Nullable Object[width << bits];
    hashes = new long[(2 * width) << bits];
    for (int column = 0; column < width; column++) {
      int size = sizes[column];
      slots[column] = new int[2 << bits];
      clear(column);
      sizes[column] = size;
      int from = column << oldBits;
      int to = column << bits;
      System.arraycopy(oldNumbered, from, numbered, to, size);
      System.arraycopy(oldProven, from, provenEqual, to, size);
      System.arraycopy(oldHashes, 2 * from, hashes, 2 * to, 2 * size);
      int[] table = slots[column];
      for (int number = 1; number < size; number++) {
        int slot = slot(table, System.identityHashCode(numbered[to + number]));
        while (table[slot] != 0) {
          slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = number;
      }
    }
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
