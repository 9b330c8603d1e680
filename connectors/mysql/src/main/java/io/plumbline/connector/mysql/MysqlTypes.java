package io.plumbline.connector.mysql;

import static io.plumbline.matrix.dataset.LogicalType.*;

import io.plumbline.connector.jdbc.SqlDialect;
import io.plumbline.matrix.connector.TextForm;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.registry.Family;

/**
 * What MySQL declares about every logical type, by the MySQL 8.4 Reference Manual, {@code
 * https://dev.mysql.com/doc/refman/8.4/en/}, and where MariaDB differs, by its documentation,
 * {@code https://mariadb.com/docs/server/reference/}.
 *
 * <ul>
 *   <li>Numbers: "Integer Types (Exact Value)" ({@code integer-types.html}) has unsigned types of
 *       32 and 64 bits; "DECIMAL Data Type Characteristics" ({@code
 *       precision-math-decimal-characteristics.html}) ends at 65 digits of which 30 are fractions,
 *       so 39 digits fit and 76 do not. "Special Values Supported by Database Data Types" of Oracle
 *       GoldenGate ({@code
 *       https://docs.oracle.com/en/database/goldengate/core/26/coredoc/reference-supported-special-values-data-type.html})
 *       lists MySQL and MariaDB among the systems that have neither NaN nor infinities, so floats
 *       that may be either travel as text.
 *   <li>Times: "The DATE, DATETIME, and TIMESTAMP Types" ({@code datetime.html}): DATE and DATETIME
 *       hold no zone; the supported range is {@code 1000-01-01} to {@code 9999-12-31
 *       23:59:59.499999}, "supported" meaning that other values might work without a guarantee
 *       (they do, the storage holds the years 1 to 9999 to the microsecond; the round trip test
 *       asks the server). TIMESTAMP ends in 2038. "Fractional Seconds in Time Values" ({@code
 *       fractional-seconds.html}): six digits, further ones are rounded. MariaDB cuts them off
 *       unless its SQL mode has {@code TIME_ROUND_FRACTIONAL}, as it has where it plays MySQL. "The
 *       TIME Type" ({@code time.html}) goes from -838 to 838 hours.
 *   <li>Text: "The CHAR and VARCHAR Types" ({@code char.html}): CHAR loses trailing blanks when it
 *       is read, VARCHAR keeps them. "The utf8mb4 Character Set (4-Byte UTF-8 Unicode Encoding)"
 *       ({@code charset-unicode-utf8mb4.html}): the only one with all of Unicode; it is named in
 *       the definition because servers differ in their default. "The binary Collation Compared to
 *       _bin Collations" ({@code charset-binary-collations.html}): utf8mb4_bin compares code
 *       points; it ignores trailing blanks in comparisons only, and no text is compared here. "The
 *       ENUM Type" ({@code enum.html}): the values are part of the column's definition.
 *   <li>Bits and bytes: "Bit-Value Type - BIT" ({@code bit-type.html}): of a fixed length, so a bit
 *       string of another length would come back padded. "The BINARY and VARBINARY Types" ({@code
 *       binary-varbinary.html}): BINARY pads with zero bytes, and only to its length.
 *   <li>Documents: "The JSON Data Type" ({@code json.html}): the text is normalised (blanks, order
 *       and duplicates of keys are lost) and numbers with a fraction become doubles. MariaDB's
 *       "JSON Data Type" ({@code data-types/string-data-types/json}) is LONGTEXT, which keeps the
 *       text; so LONGTEXT stands here for both. There is no XML type ("XML Functions", {@code
 *       xml-functions.html}, work on strings).
 *   <li>"Spatial Data Types" ({@code spatial-types.html}) has POINT, LINESTRING and POLYGON, but no
 *       segment, box or circle, no open and closed paths, and coordinates are finite; the text of
 *       geometry is kept. There is no type for UUIDs, addresses, ranges, arrays and intervals;
 *       "Miscellaneous Functions" ({@code miscellaneous-functions.html}) has {@code UUID_TO_BIN}
 *       for those who want sixteen bytes instead of text.
 * </ul>
 */
final class MysqlTypes {
  static final Family FAMILY = new Family("mysql");

  static final SqlDialect DIALECT =
      new SqlDialect(
          "`",
          "`",
          "varchar(64)",
          "datetime(6)",
          "tinyint(1)",
          "CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");

  private MysqlTypes() {}

  static TypeMapping of(Role role) {
    return TypeMapping.of(FAMILY, role)
        .exact(SMALLINT, "smallint")
        .exact(INTEGER, "int")
        .exact(BIGINT, "bigint")
        .exact(DECIMAL_18_4, "decimal(18,4)")
        .exact(DECIMAL_38_10, "decimal(38,10)")
        .asText(DOUBLE, "varchar(24)", TextForm.FLOAT)
        .exact(DATE, "date")
        .exact(TIME, "time(6)")
        .exact(TIMESTAMP, "datetime(6)")
        .asText(TIMESTAMPTZ, "varchar(40)", TextForm.ISO_8601)
        .rounded(DATETIME2_7, "datetime(6)", 6)
        .asText(DATETIMEOFFSET_7, "varchar(40)", TextForm.ISO_8601)
        .exact(CHAR_10, "varchar(10)")
        .exact(VARCHAR_255, "varchar(255)")
        .exact(TEXT, "longtext")
        .exact(UNICODE_TEXT, "longtext")
        .exact(LONG_TEXT, "longtext")
        .exact(ENUM_TEXT, "enum('new','PAID','shipped','on hold','returned','cancelled')")
        .exact(BOOLEAN, "tinyint(1)")
        .exact(BIT_8, "bit(8)")
        .asText(VARBIT_64, "varchar(64)", TextForm.VERBATIM)
        .exact(BINARY_16, "binary(16)")
        .exact(VARBINARY_255, "varbinary(255)")
        .exact(BLOB, "longblob")
        .exact(JSON, "longtext")
        .exact(JSONB, "longtext")
        .asText(XML, "longtext", TextForm.VERBATIM)
        .asText(MAP_TEXT, "longtext", TextForm.VERBATIM)
        .asText(STRUCT, "longtext", TextForm.VERBATIM)
        .asText(VARIANT, "longtext", TextForm.VERBATIM)
        .asText(INT_ARRAY, "longtext", TextForm.JSON_ARRAY)
        .asText(TEXT_ARRAY, "longtext", TextForm.JSON_ARRAY)
        .asText(INT_MATRIX, "longtext", TextForm.JSON_ARRAY)
        .asText(INT_RANGE, "varchar(64)", TextForm.VERBATIM)
        .asText(DECIMAL_RANGE, "longtext", TextForm.VERBATIM)
        .asText(DATE_RANGE, "varchar(64)", TextForm.VERBATIM)
        .asText(POINT, "longtext", TextForm.VERBATIM)
        .asText(SEGMENT, "longtext", TextForm.VERBATIM)
        .asText(BOX, "longtext", TextForm.VERBATIM)
        .asText(PATH, "longtext", TextForm.VERBATIM)
        .asText(POLYGON, "longtext", TextForm.VERBATIM)
        .asText(CIRCLE, "longtext", TextForm.VERBATIM)
        .asText(INET, "varchar(43)", TextForm.VERBATIM)
        .asText(CIDR, "varchar(43)", TextForm.VERBATIM)
        .asText(MACADDR, "varchar(17)", TextForm.VERBATIM)
        .asText(MACADDR8, "varchar(23)", TextForm.VERBATIM)
        .asText(UUID, "char(36)", TextForm.VERBATIM)
        .exact(HOSTNAME, "varchar(255)")
        .exact(OID, "int unsigned")
        .asText(LSN, "varchar(17)", TextForm.VERBATIM)
        .exact(XID8, "bigint unsigned")
        .exact(NAME_63, "varchar(63)")
        .asText(INTERVAL, "varchar(100)", TextForm.VERBATIM)
        .exact(ROWVERSION, "binary(8)")
        .exact(UINT64, "bigint unsigned")
        .exact(INT128, "decimal(39,0)")
        .asText(INT256, "varchar(80)", TextForm.DECIMAL)
        .asText(DECIMAL_76_20, "varchar(80)", TextForm.DECIMAL)
        .rounded(DATETIME64_9, "datetime(6)", 6)
        .asText(FLOAT32, "varchar(16)", TextForm.FLOAT)
        .build();
  }
}
