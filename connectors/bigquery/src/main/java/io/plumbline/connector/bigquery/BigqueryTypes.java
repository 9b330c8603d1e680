package io.plumbline.connector.bigquery;

import static io.plumbline.matrix.dataset.LogicalType.*;

import io.plumbline.connector.jdbc.SqlDialect;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.TextForm;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.registry.Family;

/**
 * What BigQuery declares about every logical type. Everything rests on sections of the page "Data
 * types" of GoogleSQL, {@code
 * https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types}; each group of types
 * names its own.
 */
final class BigqueryTypes {
  static final Family FAMILY = new Family("bigquery");

  static final SqlDialect DIALECT = new SqlDialect("`", "`", "STRING", "DATETIME", "BOOL");

  private static final String TEXT_COLUMN = "STRING";

  private BigqueryTypes() {}

  /** A column's name as it stands in a statement. */
  static String quoted(ColumnContract column) {
    return DIALECT.quote(column.column().name());
  }

  static TypeMapping of(Role role) {
    TypeMapping.Builder types = TypeMapping.of(FAMILY, role);
    numbers(types);
    times(types);
    texts(types);
    bytes(types);
    documents(types);
    textOnly(types);
    return types.build();
  }

  /**
   * "Integer type": INT64 is the only one, SMALLINT and INTEGER are its aliases.
   *
   * <p>"Decimal types", "Parameterized decimal type": NUMERIC(P,S) has S up to 9 and P up to S +
   * 29, BIGNUMERIC(P,S) S up to 38 and P up to S + 38. BIGNUMERIC without parameters ends at
   * 5.78E+38, which is above the 1.70E+38 of 128 bits; 256 bits and 56 digits before the point fit
   * nowhere.
   *
   * <p>"Floating point semantics": FLOAT64 is the only one and has NaN and the infinities, but "you
   * can't store a negative zero in a table".
   */
  private static void numbers(TypeMapping.Builder types) {
    types
        .exact(SMALLINT, "INT64")
        .exact(INTEGER, "INT64")
        .exact(BIGINT, "INT64")
        .widened(OID, "INT64", BIGINT)
        .exact(UINT64, "NUMERIC(20)")
        .exact(XID8, "NUMERIC(20)")
        .exact(DECIMAL_18_4, "NUMERIC(18, 4)")
        .exact(DECIMAL_38_10, "BIGNUMERIC(38, 10)")
        .exact(INT128, "BIGNUMERIC")
        .asText(INT256, "STRING(78)", TextForm.DECIMAL)
        .asText(DECIMAL_76_20, "STRING(78)", TextForm.DECIMAL)
        .unsignedZero(DOUBLE, "FLOAT64", DOUBLE)
        .unsignedZero(FLOAT32, "FLOAT64", DOUBLE);
  }

  /**
   * "Date type", "Time type", "Datetime type": years 0001 to 9999, microseconds, no zone.
   * "Timestamp type": an instant of microseconds, which keeps no offset.
   */
  private static void times(TypeMapping.Builder types) {
    types
        .exact(DATE, "DATE")
        .exact(TIME, "TIME")
        .exact(TIMESTAMP, "DATETIME")
        .exact(TIMESTAMPTZ, "TIMESTAMP")
        .rounded(DATETIME2_7, "DATETIME", 6)
        .rounded(DATETIME64_9, "DATETIME", 6)
        .asText(DATETIMEOFFSET_7, "STRING(33)", TextForm.ISO_8601);
  }

  /** "String type": UTF-8; "Parameterized string type": at most L Unicode characters. */
  private static void texts(TypeMapping.Builder types) {
    types
        .exact(CHAR_10, "STRING(10)")
        .exact(VARCHAR_255, "STRING(255)")
        .exact(TEXT, TEXT_COLUMN)
        .exact(UNICODE_TEXT, TEXT_COLUMN)
        .exact(LONG_TEXT, TEXT_COLUMN)
        .exact(ENUM_TEXT, "STRING(32)")
        .exact(NAME_63, "STRING(63)")
        .exact(HOSTNAME, "STRING(255)");
  }

  /** "Boolean type"; "Bytes type" with "Parameterized bytes type": at most L bytes. No bits. */
  private static void bytes(TypeMapping.Builder types) {
    types
        .exact(BOOLEAN, "BOOL")
        .asText(BIT_8, "STRING(8)", TextForm.VERBATIM)
        .asText(VARBIT_64, "STRING(64)", TextForm.VERBATIM)
        .exact(BINARY_16, "BYTES(16)")
        .exact(VARBINARY_255, "BYTES(255)")
        .exact(BLOB, "BYTES")
        .exact(ROWVERSION, "BYTES(8)")
        .asText(UUID, "STRING(36)", TextForm.VERBATIM);
  }

  /**
   * "JSON type": white space, the order of members, duplicate keys and the notation of numbers are
   * not preserved, and numbers are 64-bit integers or FLOAT64; so JSON that must stay as it is is a
   * STRING. A STRUCT has fields of fixed types, which would not keep the scale of a JSON number.
   *
   * <p>"NULLs and the array type": a NULL array that is written becomes an empty one, an array with
   * NULL elements is an error, arrays of arrays are not allowed.
   */
  private static void documents(TypeMapping.Builder types) {
    types
        .exact(JSON, TEXT_COLUMN)
        .exact(JSONB, TEXT_COLUMN)
        .asText(XML, TEXT_COLUMN, TextForm.VERBATIM)
        .asText(MAP_TEXT, TEXT_COLUMN, TextForm.VERBATIM)
        .asText(STRUCT, TEXT_COLUMN, TextForm.VERBATIM)
        .asText(VARIANT, TEXT_COLUMN, TextForm.VERBATIM)
        .asText(INT_ARRAY, TEXT_COLUMN, TextForm.JSON_ARRAY)
        .asText(TEXT_ARRAY, TEXT_COLUMN, TextForm.JSON_ARRAY)
        .asText(INT_MATRIX, TEXT_COLUMN, TextForm.JSON_ARRAY);
  }

  /**
   * "Range type": of dates and times only; "Range functions" ({@code
   * https://cloud.google.com/bigquery/docs/reference/standard-sql/range-functions}): a lower bound
   * at or above the upper one is an error, so that none is empty. "Geography type": figures on the
   * WGS84 ellipsoid, simplified when stored. "Interval type": 10,000 years, 3,660,000 days and
   * 87,840,000 hours at most, less than PostgreSQL's. There are no network addresses.
   */
  private static void textOnly(TypeMapping.Builder types) {
    types
        .asText(INT_RANGE, "STRING(64)", TextForm.VERBATIM)
        .asText(DECIMAL_RANGE, TEXT_COLUMN, TextForm.VERBATIM)
        .asText(DATE_RANGE, "STRING(64)", TextForm.VERBATIM)
        .asText(POINT, "STRING(64)", TextForm.VERBATIM)
        .asText(SEGMENT, "STRING(128)", TextForm.VERBATIM)
        .asText(BOX, "STRING(128)", TextForm.VERBATIM)
        .asText(PATH, TEXT_COLUMN, TextForm.VERBATIM)
        .asText(POLYGON, TEXT_COLUMN, TextForm.VERBATIM)
        .asText(CIRCLE, "STRING(128)", TextForm.VERBATIM)
        .asText(INET, "STRING(43)", TextForm.VERBATIM)
        .asText(CIDR, "STRING(43)", TextForm.VERBATIM)
        .asText(MACADDR, "STRING(17)", TextForm.VERBATIM)
        .asText(MACADDR8, "STRING(23)", TextForm.VERBATIM)
        .asText(LSN, "STRING(17)", TextForm.VERBATIM)
        .asText(INTERVAL, "STRING(64)", TextForm.VERBATIM);
  }
}
