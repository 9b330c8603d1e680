package io.plumbline.matrix.dataset;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Dates, times and timestamps of every precision. */
final class TemporalValues {

  /** Year limits, calendar reform, epoch, leap days, 32-bit limits, days of clock changes. */
  private static final String DATES =
      """
      0001-01-01 0001-01-02 0999-12-31 1000-01-01 1582-10-04 1582-10-05 1582-10-14 1582-10-15
      1752-09-14 1899-12-31 1900-01-01 1900-02-28 1900-03-01 1969-12-31 1970-01-01 1999-12-31
      2000-01-01 2000-02-29 2024-02-29 2026-02-28 2026-03-08 2026-03-29 2026-05-31 2026-06-01
      2026-06-30 2026-10-25 2026-12-31 2038-01-19 2038-01-20 2100-02-28 2106-02-07 2149-06-06
      2262-04-11 2299-12-31 2300-01-01 9999-12-30 9999-12-31
      """;

  private static final String TIMES =
      """
      00:00:00 00:00:00.000001 00:00:00.000999 00:00:00.001 00:00:00.999999 00:00:01 00:00:59.5
      00:59:59.999999 01:00:00 02:30:00 09:05:07.000007 11:59:59.999999 12:00:00 12:00:00.000001
      12:34:56 12:34:56.1 12:34:56.123 12:34:56.123456 12:34:56.120000 13:00:00 23:00:00
      23:59:59 23:59:59.0005 23:59:59.4995 23:59:59.5 23:59:59.999 23:59:59.9995 23:59:59.999999
      """;

  /** Microseconds; DST gaps and overlaps of Berlin and New York among them. */
  private static final String TIMESTAMPS =
      """
      0001-01-01T00:00:00 0001-01-01T00:00:00.000001 0999-12-31T23:59:59.999999
      1000-01-01T00:00:00 1582-10-05T00:00:00 1582-10-15T12:00:00 1752-12-31T23:59:59.999
      1753-01-01T00:00:00 1893-04-01T00:03:00 1900-01-01T00:00:00 1969-12-31T23:59:59.999999
      1970-01-01T00:00:00 1970-01-01T00:00:00.000001 1999-12-31T23:59:59.9995
      2000-01-01T00:00:00 2000-02-29T12:00:00 2024-02-29T23:59:59.999999
      2026-03-08T02:30:00 2026-03-29T02:30:00 2026-03-29T02:59:59.999999
      2025-10-26T02:30:00 2025-11-02T01:30:00 2026-06-01T00:00:00 2026-06-01T12:34:56.1
      2026-06-01T12:34:56.123 2026-06-01T12:34:56.123456 2026-06-01T12:34:56.1234
      2026-06-01T23:59:59.9995 2026-06-01T23:59:59.999999 2026-12-31T23:59:59.5
      2038-01-19T03:14:07 2038-01-19T03:14:08 2106-02-07T06:28:15 2262-04-11T23:47:16
      2262-04-11T23:47:17 2299-12-31T23:59:59.999999 2300-01-01T00:00:00
      9999-12-31T00:00:00 9999-12-31T23:59:59.999999
      """;

  /**
   * 100 nanoseconds. The last one rounds down: rounded up it would lie in the year 10000, which no
   * system with this limit could hold.
   */
  private static final String TICKS =
      """
      0001-01-01T00:00:00.0000001 1753-01-01T00:00:00.0000009 1969-12-31T23:59:59.9999999
      1970-01-01T00:00:00.0000001 2000-02-29T23:59:59.9999999 2026-06-01T12:34:56.1234567
      2026-06-01T12:34:56.0000004 2026-06-01T12:34:56.0000005 2026-06-01T12:34:56.0000015
      2026-06-01T12:34:56.0000025 2026-06-01T12:34:56.9999994 2026-06-01T12:34:56.9999995
      2026-06-01T23:59:59.9999999 2026-12-31T23:59:59.9999999 9999-12-31T23:59:59.9999994
      """;

  /** Each instant lies in the years 0001 to 9999 at UTC too. */
  private static final String OFFSETS =
      """
      0001-01-01T00:00:00Z 0001-01-01T14:00:00+14:00 1582-10-05T00:00:00.0000001-05:00
      1969-12-31T23:59:59.9999999Z 1970-01-01T00:00:00Z 1970-01-01T01:00:00+01:00
      2000-02-29T12:00:00+05:45 2024-02-29T23:59:59.9999999-12:00 2026-03-29T02:30:00+01:00
      2026-03-29T03:30:00+02:00 2025-10-26T02:30:00+02:00 2025-10-26T02:30:00+01:00
      2026-06-01T00:00:00+02:00 2026-06-01T00:00:00Z 2026-05-31T22:00:00Z
      2026-06-01T12:34:56.1234567+05:30 2026-06-01T12:34:56.0000005-03:30
      2026-06-01T12:34:56.0000004+12:45 2026-06-01T12:34:56.9999995-00:30
      2026-06-01T23:59:59.9999999+14:00 2026-06-01T23:59:59.9999999-14:00
      2026-12-31T23:59:59.9999999-00:01 2038-01-19T03:14:08+00:00 2262-04-11T23:47:17+00:01
      9999-12-31T09:59:59.9999994-14:00 9999-12-31T23:59:59.9999994Z
      """;

  /** Nanoseconds, 1900 to 2262-04-11T23:47:16, the last second of a 64-bit count. */
  private static final String NANOS =
      """
      1900-01-01T00:00:00 1900-01-01T00:00:00.000000001 1900-02-28T23:59:59.999999999
      1925-01-01T00:00:00.000000001 1969-12-31T23:59:59.999999999 1970-01-01T00:00:00
      1970-01-01T00:00:00.000000001 1970-01-01T00:00:00.999999999 2000-02-29T12:00:00.5
      2024-02-29T23:59:59.999999999 2026-03-08T02:30:00.000000001 2026-03-29T02:30:00
      2025-10-26T02:30:00.123456789 2026-06-01T12:34:56.1 2026-06-01T12:34:56.123
      2026-06-01T12:34:56.123456 2026-06-01T12:34:56.1234567 2026-06-01T12:34:56.123456789
      2026-06-01T12:34:56.000000499 2026-06-01T12:34:56.0000005 2026-06-01T12:34:56.00000005
      2026-06-01T12:34:56.99999995 2026-06-01T23:59:59.999999499 2026-06-01T23:59:59.9999995
      2026-12-31T23:59:59.999999999 2038-01-19T03:14:08 2106-02-07T06:28:16
      2262-04-11T23:47:15.999999999 2262-04-11T23:47:16
      """;

  private TemporalValues() {}

  static Recipe of(LogicalType type) {
    return switch (type) {
      case DATE -> new Recipe(parse(LocalDate::parse, DATES), TemporalValues::date);
      case TIME ->
          new Recipe(
              parse(LocalTime::parse, TIMES),
              draw -> LocalTime.ofSecondOfDay(draw.below(86_400)).plusNanos(fraction(draw, 6)));
      case TIMESTAMP ->
          new Recipe(parse(LocalDateTime::parse, TIMESTAMPS), draw -> dateTime(draw, 6));
      case TIMESTAMPTZ ->
          new Recipe(
              parse(text -> LocalDateTime.parse(text).atOffset(ZoneOffset.UTC), TIMESTAMPS),
              draw -> dateTime(draw, 6).atOffset(ZoneOffset.UTC));
      case DATETIME2_7 ->
          new Recipe(
              parse(
                  LocalDateTime::parse,
                  TIMESTAMPS.replace("9999-12-31T23:59:59.999999\n", "\n") + TICKS),
              draw -> dateTime(draw, 7));
      case DATETIMEOFFSET_7 ->
          new Recipe(
              parse(OffsetDateTime::parse, OFFSETS),
              draw ->
                  dateTime(draw, 7)
                      .atOffset(ZoneOffset.ofTotalSeconds((draw.below(105) - 48) * 900)));
      case DATETIME64_9 ->
          new Recipe(parse(LocalDateTime::parse, NANOS), draw -> dateTime(draw, 9));
      default -> throw new IllegalArgumentException(type.id());
    };
  }

  private static List<Object> parse(Function<String, Object> parser, String texts) {
    return Stream.of(texts.strip().split("\\s+")).map(parser).toList();
  }

  private static LocalDate date(Draw draw) {
    return LocalDate.of(1950, 1, 1).plusDays(draw.below(36_500));
  }

  private static LocalDateTime dateTime(Draw draw, int digits) {
    return date(draw)
        .atStartOfDay()
        .plusSeconds(draw.below(86_400))
        .plusNanos(fraction(draw, digits));
  }

  /** A fraction of a second with at most so many digits; one in five is zero. */
  private static long fraction(Draw draw, int digits) {
    long step = 1;
    for (int i = digits; i < 9; i++) {
      step *= 10;
    }
    return draw.chance(20) ? 0 : draw.below((int) (1_000_000_000L / step)) * step;
  }
}
