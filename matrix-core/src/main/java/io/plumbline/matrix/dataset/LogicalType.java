package io.plumbline.matrix.dataset;

import java.util.Locale;
import org.apiguardian.api.API;

/**
 * The logical types of the documented volume, in ten groups of six, with the Java class of their
 * canonical values. Values are immutable; equality of values is {@link Object#equals}.
 *
 * <p>Text notations: ranges as PostgreSQL prints them ({@code [1,5)}, {@code empty}), geometry as
 * PostgreSQL prints it ({@code (1.5,2)}), bit strings as {@code 0} and {@code 1}, intervals as
 * ISO-8601 durations, JSON compact. {@code List} values may hold nulls and nested lists.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public enum LogicalType {
  SMALLINT(Group.NUMERIC, Long.class),
  INTEGER(Group.NUMERIC, Long.class),
  BIGINT(Group.NUMERIC, Long.class),
  /** Scale is always 4. */
  DECIMAL_18_4(Group.NUMERIC, java.math.BigDecimal.class, 4),
  /** Scale is always 10. */
  DECIMAL_38_10(Group.NUMERIC, java.math.BigDecimal.class, 10),
  DOUBLE(Group.NUMERIC, Double.class),

  DATE(Group.TEMPORAL, java.time.LocalDate.class),
  /** Microseconds. */
  TIME(Group.TEMPORAL, java.time.LocalTime.class, 6),
  /** Microseconds, no zone. */
  TIMESTAMP(Group.TEMPORAL, java.time.LocalDateTime.class, 6),
  /** Microseconds; an instant, always at offset Z. */
  TIMESTAMPTZ(Group.TEMPORAL, java.time.OffsetDateTime.class, 6),
  /** 100 nanoseconds, no zone; rounded to microseconds the year stays below 10000. */
  DATETIME2_7(Group.TEMPORAL, java.time.LocalDateTime.class, 7),
  /** 100 nanoseconds, keeps its offset; years 0001 to 9999 at its offset and at Z. */
  DATETIMEOFFSET_7(Group.TEMPORAL, java.time.OffsetDateTime.class, 7),

  /** Exactly ten characters, blanks included; none beyond the basic multilingual plane. */
  CHAR_10(Group.TEXT, String.class),
  /** At most 255 characters. */
  VARCHAR_255(Group.TEXT, String.class),
  TEXT(Group.TEXT, String.class),
  /** Right-to-left, combining marks, 4-byte characters. */
  UNICODE_TEXT(Group.TEXT, String.class),
  /** Up to some ten thousand characters. */
  LONG_TEXT(Group.TEXT, String.class),
  /** One of a handful of short words. */
  ENUM_TEXT(Group.TEXT, String.class),

  BOOLEAN(Group.BINARY_AND_BIT, Boolean.class),
  /** Eight characters 0 or 1. */
  BIT_8(Group.BINARY_AND_BIT, String.class),
  /** Zero to 64 characters 0 or 1. */
  VARBIT_64(Group.BINARY_AND_BIT, String.class),
  /** Exactly 16 bytes. */
  BINARY_16(Group.BINARY_AND_BIT, Bytes.class),
  /** At most 255 bytes. */
  VARBINARY_255(Group.BINARY_AND_BIT, Bytes.class),
  BLOB(Group.BINARY_AND_BIT, Bytes.class),

  /** JSON whose text must be kept as it is. */
  JSON(Group.SEMI_STRUCTURED, String.class),
  /**
   * JSON in normal form: compact, keys sorted by code point, no duplicate keys, numbers in plain
   * notation with their trailing zeros, nothing escaped that need not be.
   */
  JSONB(Group.SEMI_STRUCTURED, String.class),
  XML(Group.SEMI_STRUCTURED, String.class),
  /** A JSON object in normal form whose values are all strings or null. */
  MAP_TEXT(Group.SEMI_STRUCTURED, String.class),
  /**
   * A JSON object in normal form with the fields active (boolean), amount (number), name (string or
   * null), quantity (integer or null) and tags (array of strings or null).
   */
  STRUCT(Group.SEMI_STRUCTURED, String.class),
  /** A JSON scalar in normal form. */
  VARIANT(Group.SEMI_STRUCTURED, String.class),

  /** List of Long, elements may be null. */
  INT_ARRAY(Group.ARRAY_AND_RANGE, java.util.List.class),
  /** List of String, elements may be null. */
  TEXT_ARRAY(Group.ARRAY_AND_RANGE, java.util.List.class),
  /** List of equally long lists of Long. */
  INT_MATRIX(Group.ARRAY_AND_RANGE, java.util.List.class),
  INT_RANGE(Group.ARRAY_AND_RANGE, String.class),
  DECIMAL_RANGE(Group.ARRAY_AND_RANGE, String.class),
  DATE_RANGE(Group.ARRAY_AND_RANGE, String.class),

  POINT(Group.SPATIAL, String.class),
  SEGMENT(Group.SPATIAL, String.class),
  BOX(Group.SPATIAL, String.class),
  PATH(Group.SPATIAL, String.class),
  POLYGON(Group.SPATIAL, String.class),
  CIRCLE(Group.SPATIAL, String.class),

  INET(Group.NETWORK, String.class),
  CIDR(Group.NETWORK, String.class),
  MACADDR(Group.NETWORK, String.class),
  MACADDR8(Group.NETWORK, String.class),
  UUID(Group.NETWORK, java.util.UUID.class),
  HOSTNAME(Group.NETWORK, String.class),

  /** 0 to 2^32 - 1. */
  OID(Group.SYSTEM, Long.class),
  /** PostgreSQL log sequence number, e.g. {@code 16/B374D848}. */
  LSN(Group.SYSTEM, String.class),
  /** 0 to 2^64 - 1. */
  XID8(Group.SYSTEM, java.math.BigInteger.class),
  /** At most 63 bytes of UTF-8. */
  NAME_63(Group.SYSTEM, String.class),
  /** ISO-8601 with months, days and microseconds, e.g. {@code P1Y2M3DT4H5M6.000007S}. */
  INTERVAL(Group.SYSTEM, String.class),
  /** Eight bytes. */
  ROWVERSION(Group.SYSTEM, Bytes.class),

  UINT64(Group.CLICKHOUSE_LIKE, java.math.BigInteger.class),
  INT128(Group.CLICKHOUSE_LIKE, java.math.BigInteger.class),
  INT256(Group.CLICKHOUSE_LIKE, java.math.BigInteger.class),
  /** Scale is always 20. */
  DECIMAL_76_20(Group.CLICKHOUSE_LIKE, java.math.BigDecimal.class, 20),
  /** Nanoseconds, no zone, years 1900 to 2262. */
  DATETIME64_9(Group.CLICKHOUSE_LIKE, java.time.LocalDateTime.class, 9),
  FLOAT32(Group.CLICKHOUSE_LIKE, Float.class);

  /** The ten column families of the documented volume, in column order. */
  public enum Group {
    NUMERIC,
    TEMPORAL,
    TEXT,
    BINARY_AND_BIT,
    SEMI_STRUCTURED,
    ARRAY_AND_RANGE,
    SPATIAL,
    NETWORK,
    SYSTEM,
    CLICKHOUSE_LIKE
  }

  private final Group group;
  private final Class<?> canonical;
  private final int fractionDigits;
  private final String id = name().toLowerCase(Locale.ROOT);

  LogicalType(Group group, Class<?> canonical) {
    this(group, canonical, 0);
  }

  LogicalType(Group group, Class<?> canonical, int fractionDigits) {
    this.group = group;
    this.canonical = canonical;
    this.fractionDigits = fractionDigits;
  }

  /** The column family it belongs to. */
  public Group group() {
    return group;
  }

  /** The class of its canonical values. */
  public Class<?> canonical() {
    return canonical;
  }

  /** Digits that a decimal or a time has behind its point; 0 where there is no such limit. */
  public int fractionDigits() {
    return fractionDigits;
  }

  /** The lower-case name used in column names and documents. */
  public String id() {
    return id;
  }
}
