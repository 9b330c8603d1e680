package io.plumbline.matrix.dataset;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Arrays, and ranges in the form to which PostgreSQL brings them. */
final class ArrayValues {
  private static final long MAX = Integer.MAX_VALUE;
  private static final long MIN = Integer.MIN_VALUE;

  private static final List<List<?>> INT_ARRAYS =
      List.of(
          list(),
          list(0L),
          list(-1L),
          list(1L, 1L),
          list((Object) null),
          list(null, null),
          list(1L, null, 3L),
          list(null, 1L),
          list(1L, null),
          list(MIN, MAX),
          list(MAX),
          list(MIN),
          list(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L),
          list(Collections.nCopies(100, 7L).toArray()));

  private static final List<List<?>> TEXT_ARRAYS =
      List.of(
          list(),
          list(""),
          list("", ""),
          list((Object) null),
          list(null, null),
          list("NULL"),
          list("null", null),
          list("a", null, "b"),
          list(" "),
          list("trailing "),
          list("a,b", "c"),
          list("a", "b,c"),
          list("{}"),
          list("{a}", "[b]"),
          list("\"quoted\""),
          list("it's"),
          list("back\\slash", "\\"),
          list("line\nbreak", "tab\there", "\r\n"),
          list("\u05e9\u05dc\u05d5\u05dd", "\u0645\u0631\u062d\u0628\u0627"),
          list("\u00e9", "e\u0301"),
          list("\ud83d\ude00"));

  private static final List<List<?>> INT_MATRICES =
      List.of(
          list(),
          list(list(0L)),
          list(list((Object) null)),
          list(list(1L, 2L)),
          list(list(1L), list(2L)),
          list(list(1L, 2L), list(3L, 4L)),
          list(list(1L, null), list(null, 4L)),
          list(list(null, null), list(null, null)),
          list(list(MIN, MAX), list(-1L, 1L)),
          list(list(1L, 2L, 3L), list(4L, 5L, 6L), list(7L, 8L, 9L)));

  private static final List<String> INT_RANGES =
      List.of(
          "empty",
          "(,)",
          "[0,)",
          "(,0)",
          "[1,5)",
          "[0,1)",
          "[-1,0)",
          "[-5,5)",
          "(,2147483647)",
          "[-2147483648,)",
          "[-2147483648,2147483647)",
          "[2147483646,2147483647)");

  private static final List<String> DECIMAL_RANGES =
      List.of(
          "empty",
          "(,)",
          "[0,)",
          "(0,)",
          "(,0)",
          "(,0]",
          "[0,0]",
          "[1.5,2.5)",
          "(1.5,2.5]",
          "(1.5,2.5)",
          "[1.5,2.5]",
          "[1.10,1.10]",
          "[-0.0001,0.0001]",
          "(-99999999999999.9999,99999999999999.9999)",
          "[0.1,12345678901234567890.123456789]");

  private static final List<String> DATE_RANGES =
      List.of(
          "empty",
          "(,)",
          "[2026-06-01,)",
          "(,2026-06-01)",
          "[2024-02-29,2024-03-01)",
          "[2026-06-01,2026-06-04)",
          "[1582-10-05,1582-10-15)",
          "[1969-12-31,1970-01-01)",
          "[0001-01-01,9999-12-31)",
          "[9999-12-30,9999-12-31)",
          "[0001-01-01,0001-01-02)");

  private ArrayValues() {}

  static Recipe of(LogicalType type) {
    return switch (type) {
      case INT_ARRAY -> new Recipe(INT_ARRAYS, draw -> row(draw, 1 + draw.below(6)));
      case TEXT_ARRAY -> new Recipe(TEXT_ARRAYS, ArrayValues::words);
      case INT_MATRIX -> new Recipe(INT_MATRICES, ArrayValues::matrix);
      case INT_RANGE ->
          new Recipe(
              INT_RANGES,
              draw -> {
                int from = draw.number(20).intValue();
                return "[%s,%s)".formatted(from, from + 1 + draw.below(10_000));
              });
      case DECIMAL_RANGE -> new Recipe(DECIMAL_RANGES, ArrayValues::decimalRange);
      case DATE_RANGE ->
          new Recipe(
              DATE_RANGES,
              draw -> {
                LocalDate from = LocalDate.of(1990, 1, 1).plusDays(draw.below(18_000));
                return "[%s,%s)".formatted(from, from.plusDays(1 + draw.below(400)));
              });
      default -> throw new IllegalArgumentException(type.id());
    };
  }

  private static List<?> row(Draw draw, int length) {
    return filled(length, () -> draw.chance(15) ? null : (Object) draw.number(20).longValue());
  }

  private static List<?> words(Draw draw) {
    return filled(
        1 + draw.below(4), () -> draw.chance(15) ? null : draw.faker().commerce().productName());
  }

  private static List<?> matrix(Draw draw) {
    int width = 1 + draw.below(3);
    return filled(1 + draw.below(3), () -> row(draw, width));
  }

  private static String decimalRange(Draw draw) {
    BigDecimal from = BigDecimal.valueOf(draw.number(20).longValue(), 2);
    BigDecimal to = from.add(BigDecimal.valueOf(1 + draw.below(100_000), 2));
    return (draw.chance(50) ? "[" : "(") + from + "," + to + (draw.chance(50) ? "]" : ")");
  }

  private static List<?> filled(int length, Supplier<@Nullable Object> element) {
    List<@Nullable Object> elements = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      elements.add(element.get());
    }
    return Collections.unmodifiableList(elements);
  }

  private static List<?> list(@Nullable Object... elements) {
    return Collections.unmodifiableList(Arrays.asList(elements));
  }
}
