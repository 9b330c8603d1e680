package io.plumbline.connector.clickhouse;

import static io.plumbline.matrix.dataset.LogicalType.*;

import io.plumbline.connector.jdbc.SqlDialect;
import io.plumbline.matrix.connector.TextForm;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.registry.Family;

/**
 * What ClickHouse declares about every logical type. Both roles declare the same, because a value
 * meets the same column type on its way in and out.
 *
 * <p>From the pages under <a href="https://clickhouse.com/docs/reference/data-types">
 * clickhouse.com/docs/reference/data-types</a>, for servers up to 26.5 (later ones hold more
 * years):
 *
 * <ul>
 *   <li>"Nullable(T)" (<a
 *       href="https://clickhouse.com/docs/reference/data-types/nullable">…/nullable</a>): T cannot
 *       be Array or Map, Tuple only in beta; no Nullable in keys. A NULL array would become an
 *       empty one, so whatever would be an Array, a Map, a Tuple or one of the "Geo Data Types"
 *       (…/geo), which are tuples and arrays, travels as text.
 *   <li>"Date32" (<a href="https://clickhouse.com/docs/reference/data-types/date32">…/date32</a>)
 *       and "DateTime64" (<a
 *       href="https://clickhouse.com/docs/reference/data-types/datetime64">…/datetime64</a>): the
 *       years 1900 to 2299, nanoseconds only from 1677-09-21 to 2262-04-11T23:47:16; beyond them a
 *       value is silently moved to the limit. A column has one time zone, no value keeps its
 *       offset. The logical types hold the years 0001 to 9999.
 *   <li>"Time64" (<a href="https://clickhouse.com/docs/reference/data-types/time64">…/time64</a>):
 *       -999:59:59 to 999:59:59 with up to nine digits, no time zone.
 *   <li>"Int | UInt Types" (…/int-uint): 8 to 256 bits, with and without sign.
 *   <li>"Decimal" (<a
 *       href="https://clickhouse.com/docs/reference/data-types/decimal">…/decimal</a>): precision 1
 *       to 76.
 *   <li>"Float32 | Float64 | BFloat16 Types" (…/float): IEEE 754 with infinities and NaN.
 *   <li>"String" (…/string): any bytes, any length, no encoding; stands for VARCHAR, CLOB and BLOB.
 *       "FixedString(N)" (…/fixedstring): N bytes, filled up with zero bytes, so for binary values
 *       of a fixed length only.
 *   <li>"LowCardinality(T)" (<a
 *       href="https://clickhouse.com/docs/reference/data-types/lowcardinality">…/lowcardinality</a>):
 *       rather than Enum for a handful of words; Nullable goes inside it.
 *   <li>"JSON Data Type" (…/newjson): objects only, stored by path and type; text, order and
 *       notation of numbers are lost, so JSON that must be kept is a String.
 *   <li>"IPv4", "IPv6" (…/ipv4, …/ipv6): addresses without a prefix length.
 *   <li>"Interval" (…/special-data-types/interval): one unit per type and not for tables.
 * </ul>
 *
 * <p>There is no type of bit strings, XML, ranges, hardware addresses or log positions.
 */
final class ClickhouseTypes {
  static final Family FAMILY = new Family("clickhouse");

  /** Microseconds without a zone: the column's zone is UTC, so nothing is shifted. */
  static final String TIMESTAMP_TYPE = "DateTime64(6, 'UTC')";

  static final SqlDialect DIALECT =
      new SqlDialect("`", "`", "LowCardinality(String)", TIMESTAMP_TYPE, "Bool");

  private static final String TEXT_TYPE = "String";

  private ClickhouseTypes() {}

  static TypeMapping of(Role role) {
    return TypeMapping.of(FAMILY, role)
        .exact(SMALLINT, "Int16")
        .exact(INTEGER, "Int32")
        .exact(BIGINT, "Int64")
        .exact(DECIMAL_18_4, "Decimal(18, 4)")
        .exact(DECIMAL_38_10, "Decimal(38, 10)")
        .exact(DOUBLE, "Float64")
        .asText(DATE, TEXT_TYPE, TextForm.ISO_8601)
        .exactInDocumentedColumns(DATE, "Date32")
        .exact(TIME, "Time64(6)")
        .asText(TIMESTAMP, TEXT_TYPE, TextForm.ISO_8601)
        .exactInDocumentedColumns(TIMESTAMP, TIMESTAMP_TYPE)
        .asText(TIMESTAMPTZ, TEXT_TYPE, TextForm.ISO_8601)
        .asText(DATETIME2_7, TEXT_TYPE, TextForm.ISO_8601)
        .asText(DATETIMEOFFSET_7, TEXT_TYPE, TextForm.ISO_8601)
        // Ten characters, not ten bytes, so not FixedString(10).
        .exact(CHAR_10, TEXT_TYPE)
        .exact(VARCHAR_255, TEXT_TYPE)
        .exact(TEXT, TEXT_TYPE)
        .exact(UNICODE_TEXT, TEXT_TYPE)
        .exact(LONG_TEXT, TEXT_TYPE)
        .exact(ENUM_TEXT, "LowCardinality(String)")
        .exact(BOOLEAN, "Bool")
        .asText(BIT_8, TEXT_TYPE, TextForm.VERBATIM)
        .asText(VARBIT_64, TEXT_TYPE, TextForm.VERBATIM)
        .exact(BINARY_16, "FixedString(16)")
        .exact(VARBINARY_255, TEXT_TYPE)
        .exact(BLOB, TEXT_TYPE)
        .exact(JSON, TEXT_TYPE)
        .exact(JSONB, TEXT_TYPE)
        .asText(XML, TEXT_TYPE, TextForm.VERBATIM)
        .asText(MAP_TEXT, TEXT_TYPE, TextForm.VERBATIM)
        .asText(STRUCT, TEXT_TYPE, TextForm.VERBATIM)
        .asText(VARIANT, TEXT_TYPE, TextForm.VERBATIM)
        .asText(INT_ARRAY, TEXT_TYPE, TextForm.JSON_ARRAY)
        .asText(TEXT_ARRAY, TEXT_TYPE, TextForm.JSON_ARRAY)
        .asText(INT_MATRIX, TEXT_TYPE, TextForm.JSON_ARRAY)
        .asText(INT_RANGE, TEXT_TYPE, TextForm.VERBATIM)
        .asText(DECIMAL_RANGE, TEXT_TYPE, TextForm.VERBATIM)
        .asText(DATE_RANGE, TEXT_TYPE, TextForm.VERBATIM)
        .asText(POINT, TEXT_TYPE, TextForm.VERBATIM)
        .asText(SEGMENT, TEXT_TYPE, TextForm.VERBATIM)
        .asText(BOX, TEXT_TYPE, TextForm.VERBATIM)
        .asText(PATH, TEXT_TYPE, TextForm.VERBATIM)
        .asText(POLYGON, TEXT_TYPE, TextForm.VERBATIM)
        .asText(CIRCLE, TEXT_TYPE, TextForm.VERBATIM)
        .asText(INET, TEXT_TYPE, TextForm.VERBATIM)
        .asText(CIDR, TEXT_TYPE, TextForm.VERBATIM)
        .asText(MACADDR, TEXT_TYPE, TextForm.VERBATIM)
        .asText(MACADDR8, TEXT_TYPE, TextForm.VERBATIM)
        .exact(UUID, "UUID")
        .exact(HOSTNAME, TEXT_TYPE)
        .exact(OID, "UInt32")
        .asText(LSN, TEXT_TYPE, TextForm.VERBATIM)
        .exact(XID8, "UInt64")
        .exact(NAME_63, TEXT_TYPE)
        .asText(INTERVAL, TEXT_TYPE, TextForm.VERBATIM)
        .exact(ROWVERSION, "FixedString(8)")
        .exact(UINT64, "UInt64")
        .exact(INT128, "Int128")
        .exact(INT256, "Int256")
        .exact(DECIMAL_76_20, "Decimal(76, 20)")
        .exact(DATETIME64_9, "DateTime64(9, 'UTC')")
        .exact(FLOAT32, "Float32")
        .build();
  }
}
