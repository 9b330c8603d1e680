package io.plumbline.connector.clickhouse;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Rows of tab-separated text, whose cells are not copied. What would end a cell or a row is escaped
 * within one.
 */
final class TabSeparatedRows {
  private final InputStream in;
  private final int[] begins;
  private byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;

  /** Rows of a number of cells. */
  TabSeparatedRows(InputStream in, int columns) {
    this.in = in;
    this.begins = new int[columns + 1];
  }

  /**
   * Goes to the next row.
   *
   * @return false when there is none
   * @throws IOException when a row has more or fewer cells, or ends too early
   */
  boolean next() throws IOException {
    int cell = 0;
    int scan = at;
    begins[0] = scan;
    while (true) {
      if (scan == end) {
        int moved = at;
        if (!fill()) {
          if (end == 0) {
            return false;
          }
          throw new EOFException("The rows end in the middle of one.");
        }
        for (int i = 0; i <= cell; i++) {
          begins[i] -= moved;
        }
        scan -= moved;
      }
      byte b = buffer[scan++];
      if (b == '\t' || b == '\n') {
        begins[++cell] = scan;
        boolean last = cell == begins.length - 1;
        if (last != (b == '\n')) {
          throw new IOException("A row has not %d cells.".formatted(begins.length - 1));
        }
        if (last) {
          at = scan;
          return true;
        }
      }
    }
  }

  /** Moves the row that was begun to the front of the buffer and reads more of it. */
  private boolean fill() throws IOException {
    System.arraycopy(buffer, at, buffer, 0, end - at);
    end -= at;
    at = 0;
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int read = in.read(buffer, end, buffer.length - end);
    end += Math.max(0, read);
    return read > 0;
  }

  /** Has the cells of the row; changes with the next one. */
  byte[] bytes() {
    return buffer;
  }

  /** Where a cell begins. */
  int begin(int cell) {
    return begins[cell];
  }

  /** The length of a cell in bytes. */
  int length(int cell) {
    return begins[cell + 1] - 1 - begins[cell];
  }

  /** A cell as it stands there. */
  String text(int cell) {
    return new String(buffer, begin(cell), length(cell), StandardCharsets.UTF_8);
  }
}
