package io.plumbline.matrix.mover;

import io.plumbline.matrix.dataset.Absent;
import io.plumbline.matrix.dataset.Bytes;
import io.plumbline.matrix.dataset.Column;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.apache.commons.codec.digest.MurmurHash3;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The mover's implementation of the row hash that {@code docs/checksum.md} fixes: per cell a tag,
 * the length and the canonical bytes; per row 128 bits. Not thread-safe; remembers the hashes of
 * values by identity, because most cells share their value with other rows.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public class RowChecksum {
  private static final int SMALLEST = 1 << 7;
  private static final int KEPT_ROWS = 1 << 15;
  private static final int MAX_REMEMBERED = 1 << 14;
  private static final long[] ABSENT = murmur(new byte[] {0});
  private static final long[] NULL = murmur(new byte[] {1});
  private final Object[][] keptRows = new Object[KEPT_ROWS][];
  private final long[] kept = new long[3 * KEPT_ROWS];
  private Remembered[] columns = new Remembered[0];
  private long high;
  private long low;
  private long bytes;

  /**
   * Computes hash and size of a row. Nobody changes a row once it was handed on, so a row that is
   * the same array as before need not be hashed again.
   */
  public void compute(Object[] row) {
    int first = 2 * ((int) hashOf(row[Column.ID]) & (KEPT_ROWS / 2 - 1));
    int place = keptRows[first] == row ? first : first + 1;
    if (keptRows[place] == row) {
      high = kept[3 * place];
      low = kept[3 * place + 1];
      bytes = kept[3 * place + 2];
      return;
    }
    hash(row);
    // Two places a key: the images before and after a change come by turns.
    keptRows[place] = keptRows[first];
    System.arraycopy(kept, 3 * first, kept, 3 * place, 3);
    keptRows[first] = row;
    kept[3 * first] = high;
    kept[3 * first + 1] = low;
    kept[3 * first + 2] = bytes;
  }

  private static long hashOf(Object key) {
    return key instanceof Long number ? number : 0;
  }

  private void hash(Object[] row) {
    if (columns.length < row.length) {
      columns = new Remembered[row.length];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = new Remembered(i);
      }
    }
    long h = 0;
    long l = 0;
    long size = 0;
    for (int i = 0; i < row.length; i++) {
      Object value = row[i];
      Remembered column = columns[i];
      if (value == null) {
        h += NULL[0] * column.highFactor;
        l += NULL[1] * column.lowFactor;
      } else if (value == Absent.ABSENT) {
        h += ABSENT[0] * column.highFactor;
        l += ABSENT[1] * column.lowFactor;
      } else {
        int at = i == Column.ID ? column.computed(value) : column.find(value);
        h += column.hashes[at] * column.highFactor;
        l += column.hashes[at + 1] * column.lowFactor;
        size += column.hashes[at + 2];
      }
    }
    high = mix(h ^ Long.rotateLeft(l, 32));
    low = mix(l + high);
    bytes = size;
  }

  /** Upper half of the last row's hash. */
  public long high() {
    return high;
  }

  /** Lower half of the last row's hash. */
  public long low() {
    return low;
  }

  /** Canonical bytes of the last row's values. */
  public long bytes() {
    return bytes;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 33)) * 0xFF51AFD7ED558CCDL;
    z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return z ^ (z >>> 33);
  }

  private static long[] murmur(byte[] cell) {
    return MurmurHash3.hash128x64(cell, 0, cell.length, 0);
  }

  private static byte[] canonical(Object value) {
    if (value instanceof String s) {
      return s.getBytes(StandardCharsets.UTF_8);
    }
    if (value instanceof Bytes b) {
      return b.toArray();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(32);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(value, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(Object value, DataOutputStream out) throws IOException {
    if (value instanceof Long v) {
      out.writeLong(v);
    } else if (value instanceof Boolean v) {
      out.writeBoolean(v);
    } else if (value instanceof Double v) {
      out.writeLong(Double.doubleToLongBits(v));
    } else if (value instanceof Float v) {
      out.writeInt(Float.floatToIntBits(v));
    } else if (value instanceof BigDecimal v) {
      out.write(v.toPlainString().getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof LocalDate v) {
      out.writeLong(v.toEpochDay());
    } else if (value instanceof LocalTime v) {
      out.writeLong(v.toNanoOfDay());
    } else if (value instanceof LocalDateTime v) {
      out.writeLong(v.toEpochSecond(ZoneOffset.UTC));
      out.writeInt(v.getNano());
    } else if (value instanceof OffsetDateTime v) {
      out.writeLong(v.toEpochSecond());
      out.writeInt(v.getNano());
      out.writeInt(v.getOffset().getTotalSeconds());
    } else if (value instanceof UUID v) {
      out.writeLong(v.getMostSignificantBits());
      out.writeLong(v.getLeastSignificantBits());
    } else if (value instanceof List<?> list) {
      out.writeInt(list.size());
      for (Object element : list) {
        if (element == null) {
          out.write(1);
        } else {
          byte[] nested = canonical(element);
          out.write(2);
          out.writeInt(nested.length);
          out.write(nested);
        }
      }
    } else {
      out.write(value.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Hashes and sizes of a column's values, by identity, in open addressing. */
  private static final class Remembered {
    final long highFactor;
    final long lowFactor;
    private @Nullable Object[] values = new @Nullable Object[SMALLEST];
    long[] hashes = new long[3 * (SMALLEST + 1)];
    private int count;

    Remembered(int column) {
      this.highFactor = mix(2L * column + 1) | 1;
      this.lowFactor = mix(2L * column + 2) | 1;
    }

    int find(Object value) {
      int mask = values.length - 1;
      int slot = System.identityHashCode(value) & mask;
      while (values[slot] != value) {
        if (values[slot] == null) {
          return remember(value);
        }
        slot = (slot + 1) & mask;
      }
      return 3 * slot;
    }

    /** The hash of a value that is not worth remembering, in the spare place behind the table. */
    int computed(Object value) {
      return store(value, values.length);
    }

    private int remember(Object value) {
      if (count * 4 >= values.length * 3) {
        resize();
      }
      int mask = values.length - 1;
      int slot = System.identityHashCode(value) & mask;
      while (values[slot] != null) {
        slot = (slot + 1) & mask;
      }
      values[slot] = value;
      count++;
      return store(value, slot);
    }

    private int store(Object value, int slot) {
      byte[] content = canonical(value);
      byte[] cell = new byte[content.length + 5];
      cell[0] = 2;
      cell[1] = (byte) (content.length >>> 24);
      cell[2] = (byte) (content.length >>> 16);
      cell[3] = (byte) (content.length >>> 8);
      cell[4] = (byte) content.length;
      System.arraycopy(content, 0, cell, 5, content.length);
      long[] hash = murmur(cell);
      hashes[3 * slot] = hash[0];
      hashes[3 * slot + 1] = hash[1];
      hashes[3 * slot + 2] = content.length;
      return 3 * slot;
    }

    private void resize() {
      boolean full = values.length >= MAX_REMEMBERED;
      @Nullable Object[] old = values;
      long[] oldHashes = hashes;
      int length = full ? SMALLEST : old.length * 2;
      values = new @Nullable Object[length];
      hashes = new long[3 * (length + 1)];
      count = 0;
      if (full) {
        return;
      }
      int mask = length - 1;
      for (int i = 0; i < old.length; i++) {
        Object value = old[i];
        if (value != null) {
          int slot = System.identityHashCode(value) & mask;
          while (values[slot] != null) {
            slot = (slot + 1) & mask;
          }
          values[slot] = value;
          System.arraycopy(oldHashes, 3 * i, hashes, 3 * slot, 3);
          count++;
        }
      }
    }
  }
}
