package io.plumbline.connector.mssql;

import java.math.BigDecimal;
import java.sql.Types;
import java.time.temporal.Temporal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A column as the driver's bulk copy sends it: by the type of the table, so that the server
 * converts nothing but the texts of times and of UUIDs, which the driver sends as such.
 *
 * @param jdbcType of {@link Types} or of the driver's own
 * @param precision digits, characters or bytes; 0 for as many as the table has
 * @param scale digits of a fraction
 */
record BulkColumn(int jdbcType, int precision, int scale) {
  private static final Pattern TYPE =
      Pattern.compile("([a-z0-9]+?)(?:\\((max|\\d+)(?:,(\\d+))?\\))?");

  private static final Map<String, Integer> JDBC_TYPES =
      Map.ofEntries(
          Map.entry("bit", Types.BIT),
          Map.entry("smallint", Types.SMALLINT),
          Map.entry("int", Types.INTEGER),
          Map.entry("bigint", Types.BIGINT),
          Map.entry("decimal", Types.DECIMAL),
          Map.entry("char", Types.CHAR),
          Map.entry("varchar", Types.VARCHAR),
          Map.entry("nchar", Types.NCHAR),
          Map.entry("nvarchar", Types.NVARCHAR),
          Map.entry("binary", Types.BINARY),
          Map.entry("varbinary", Types.VARBINARY),
          Map.entry("uniqueidentifier", microsoft.sql.Types.GUID),
          Map.entry("date", Types.DATE),
          Map.entry("time", Types.TIME),
          Map.entry("datetime2", Types.TIMESTAMP),
          Map.entry("datetimeoffset", microsoft.sql.Types.DATETIMEOFFSET));

  private static final int UUID_LENGTH = 36;

  /** The longest text of a time: that of a datetimeoffset(7). */
  private static final int TIME_LENGTH = 34;

  /** The column of a type as it stands in a definition. */
  static BulkColumn of(String type) {
    Matcher parts = TYPE.matcher(type.toLowerCase(Locale.ROOT));
    Integer jdbcType = parts.matches() ? JDBC_TYPES.get(parts.group(1)) : null;
    if (jdbcType == null) {
      throw new IllegalStateException("Bulk copy has no type for %s.".formatted(type));
    }
    return switch (jdbcType) {
      case microsoft.sql.Types.GUID -> new BulkColumn(jdbcType, UUID_LENGTH, 0);
      case Types.DATE, Types.TIME, Types.TIMESTAMP, microsoft.sql.Types.DATETIMEOFFSET ->
          new BulkColumn(jdbcType, TIME_LENGTH, number(parts.group(2)));
      default -> new BulkColumn(jdbcType, number(parts.group(2)), number(parts.group(3)));
    };
  }

  private static int number(@Nullable String digits) {
    return digits == null || digits.equals("max") ? 0 : Integer.parseInt(digits);
  }

  /** A cell as the driver wants it for this column. */
  @Nullable Object cell(@Nullable Object plain) {
    if (plain instanceof Temporal time) {
      return BulkTime.text(time);
    }
    if (plain instanceof Long whole) {
      return switch (jdbcType) {
        case Types.INTEGER -> Math.toIntExact(whole);
        case Types.DECIMAL -> BigDecimal.valueOf(whole);
        default -> whole;
      };
    }
    return plain;
  }
}
