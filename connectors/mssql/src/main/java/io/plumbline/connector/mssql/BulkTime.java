package io.plumbline.connector.mssql;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.Temporal;
import java.util.Locale;

/** Times as text that the server reads in whatever language a session has. */
final class BulkTime {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSSS", Locale.ROOT);
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSS", Locale.ROOT);
  private static final DateTimeFormatter OFFSET_DATE_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSS xxx", Locale.ROOT);

  private BulkTime() {}

  static String text(Temporal time) {
    if (time instanceof LocalDate) {
      return DateTimeFormatter.ISO_LOCAL_DATE.format(time);
    }
    if (time instanceof LocalTime) {
      return TIME.format(time);
    }
    return time instanceof OffsetDateTime ? OFFSET_DATE_TIME.format(time) : DATE_TIME.format(time);
  }
}
