package io.plumbline.matrix.oracle;

import io.plumbline.matrix.dataset.Absent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Writes a cell so that two different ones never look the same. */
final class CellText {
  private static final int LONGEST = 120;

  private CellText() {}

  static String of(@Nullable Object cell) {
    if (cell == null) {
      return "NULL";
    }
    if (cell == Absent.ABSENT) {
      return "(no column)";
    }
    if (cell instanceof String text) {
      String shown =
          text.length() <= LONGEST
              ? text
              : text.substring(0, LONGEST) + "… (" + text.length() + " characters)";
      return plain(text) ? "'" + shown + "'" : "'" + shown + "' (hex " + hex(text) + ")";
    }
    String name = cell.getClass().getSimpleName();
    return (cell instanceof BigDecimal number ? number.toPlainString() : cell)
        + " ("
        + (name.startsWith("Unmodifiable") || name.startsWith("List") ? "List" : name)
        + ")";
  }

  private static boolean plain(String text) {
    return text.chars().allMatch(c -> c >= 0x20 && c < 0x7F)
        && text.length() <= LONGEST
        && text.equals(text.strip());
  }

  private static String hex(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int shown = Math.min(bytes.length, LONGEST);
    return HexFormat.of().formatHex(bytes, 0, shown) + (shown < bytes.length ? "…" : "");
  }
}
