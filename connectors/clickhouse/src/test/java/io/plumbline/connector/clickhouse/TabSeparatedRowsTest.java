package io.plumbline.connector.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TabSeparatedRowsTest {

  @Test
  void rowsHaveTheirCells() throws IOException {
    assertThat(read("a\t\tc\n\\N\té\t\n", 3, 100))
        .containsExactly(List.of("a", "", "c"), List.of("\\N", "é", ""));
  }

  @Test
  void thereMayBeNone() throws IOException {
    assertThat(read("", 2, 100)).isEmpty();
  }

  /** Rows that lie across what was read at once, and one that is longer than the buffer. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1 << 14, Integer.MAX_VALUE})
  void itDoesNotMatterHowTheBytesArrive(int most) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 3_000; i++) {
      String longer = "x".repeat(i == 1_500 ? 200_000 : i % 90);
      rows.add(List.of("r" + i, longer, ""));
      text.append('r').append(i).append('\t').append(longer).append("\t\n");
    }
    assertThat(read(text.toString(), 3, most)).isEqualTo(rows);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\n", "a\tb\tc\n", "\n", "a\tb\nc\n"})
  void aRowOfOtherThanItsColumnsIsRefused(String text) {
    assertThatThrownBy(() -> read(text, 2, 100))
        .isInstanceOf(IOException.class)
        .hasMessage("A row has not 2 cells.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a\t", "a\tb", "a\tb\nc\td"})
  void aRowThatEndsTooEarlyIsRefused(String text) {
    assertThatThrownBy(() -> read(text, 2, 100)).isInstanceOf(EOFException.class);
  }

  private static List<List<String>> read(String text, int columns, int most) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    InputStream in =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] b, int off, int len) {
            return super.read(b, off, Math.min(len, most));
          }
        };
    TabSeparatedRows rows = new TabSeparatedRows(in, columns);
    List<List<String>> read = new ArrayList<>();
    while (rows.next()) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < columns; i++) {
        cells.add(rows.text(i));
      }
      read.add(cells);
    }
    return read;
  }
}
