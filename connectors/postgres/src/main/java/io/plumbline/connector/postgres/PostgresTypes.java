package io.plumbline.connector.postgres;

import static io.plumbline.matrix.dataset.LogicalType.*;

import io.plumbline.connector.jdbc.SqlDialect;
import io.plumbline.matrix.connector.TextForm;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.registry.Family;

/**
 * What PostgreSQL declares about every logical type. Both roles declare the same, because a value
 * meets the same column type on its way in and out.
 *
 * <p>From the pages of the manual under {@code https://www.postgresql.org/docs/18/}:
 *
 * <ul>
 *   <li>"Numeric Types" ({@code datatype-numeric.html}): integers of 16, 32 and 64 bits, all
 *       signed, so that unsigned 64, 128 and 256 bits are numeric; its precision may be declared up
 *       to 1000. {@code real} and {@code double precision} are IEEE 754 with NaN and infinities.
 *   <li>"Date/Time Types" ({@code datatype-datetime.html}): years 4713 BC to 294276 AD (dates
 *       further), one microsecond, further digits are rounded; {@code timestamp with time zone} is
 *       stored in UTC, and the zone it was written with is not retained. {@code interval} has
 *       months, days and microseconds.
 *   <li>"Character Types" ({@code datatype-character.html}): {@code text} and {@code varchar(n)} in
 *       characters, never the character zero; {@code char(n)} is padded with blanks. {@code name}
 *       has 64 bytes, one of which ends it.
 *   <li>"Binary Data Types" ({@code datatype-binary.html}): {@code bytea}, any bytes. "Boolean
 *       Type" ({@code datatype-boolean.html}). "Bit String Types" ({@code datatype-bit.html}): of a
 *       fixed length, or varying up to one.
 *   <li>"JSON Types" ({@code datatype-json.html}): {@code json} is an exact copy of the text;
 *       {@code jsonb} keeps neither white space nor the order of members nor duplicate ones, and
 *       its numbers are numeric. "XML Type" ({@code datatype-xml.html}).
 *   <li>"Arrays" ({@code arrays.html}): of any type and number of dimensions, with NULL elements.
 *       "Range Types" ({@code rangetypes.html}): {@code int8range}, {@code numrange}, {@code
 *       daterange}.
 *   <li>"Geometric Types" ({@code datatype-geometric.html}): {@code point}, {@code lseg}, {@code
 *       box}, {@code path}, {@code polygon}, {@code circle}, in double precision. "Network Address
 *       Types" ({@code datatype-net-types.html}): {@code inet}, {@code cidr}, {@code macaddr},
 *       {@code macaddr8}.
 *   <li>"UUID Type" ({@code datatype-uuid.html}), "Object Identifier Types" ({@code
 *       datatype-oid.html}: {@code oid} of 32 bits, {@code xid8} of 64, both without sign), "pg_lsn
 *       Type" ({@code datatype-pg-lsn.html}).
 * </ul>
 */
final class PostgresTypes {
  static final Family FAMILY = new Family("postgres");

  static final SqlDialect DIALECT = new SqlDialect("\"", "\"", "text", "timestamp(6)", "boolean");

  private PostgresTypes() {}

  static TypeMapping of(Role role) {
    return TypeMapping.of(FAMILY, role)
        .exact(SMALLINT, "smallint")
        .exact(INTEGER, "integer")
        .exact(BIGINT, "bigint")
        .exact(DECIMAL_18_4, "numeric(18,4)")
        .exact(DECIMAL_38_10, "numeric(38,10)")
        .exact(DOUBLE, "double precision")
        .exact(DATE, "date")
        .exact(TIME, "time(6)")
        .exact(TIMESTAMP, "timestamp(6)")
        .exact(TIMESTAMPTZ, "timestamp(6) with time zone")
        .rounded(DATETIME2_7, "timestamp(6)", 6)
        // timestamptz keeps the instant but not the offset it was written with.
        .asText(DATETIMEOFFSET_7, "text", TextForm.ISO_8601)
        .exact(CHAR_10, "char(10)")
        .exact(VARCHAR_255, "varchar(255)")
        .exact(TEXT, "text")
        .exact(UNICODE_TEXT, "text")
        .exact(LONG_TEXT, "text")
        .exact(ENUM_TEXT, "text")
        .exact(BOOLEAN, "boolean")
        .exact(BIT_8, "bit(8)")
        .exact(VARBIT_64, "bit varying(64)")
        .exact(BINARY_16, "bytea")
        .exact(VARBINARY_255, "bytea")
        .exact(BLOB, "bytea")
        .exact(JSON, "json")
        .exact(JSONB, "jsonb")
        .exact(XML, "xml")
        .exact(MAP_TEXT, "jsonb")
        .exact(STRUCT, "jsonb")
        .exact(VARIANT, "jsonb")
        .exact(INT_ARRAY, "bigint[]")
        .exact(TEXT_ARRAY, "text[]")
        .exact(INT_MATRIX, "bigint[][]")
        .exact(INT_RANGE, "int8range")
        .exact(DECIMAL_RANGE, "numrange")
        .exact(DATE_RANGE, "daterange")
        .exact(POINT, "point")
        .exact(SEGMENT, "lseg")
        .exact(BOX, "box")
        .exact(PATH, "path")
        .exact(POLYGON, "polygon")
        .exact(CIRCLE, "circle")
        .exact(INET, "inet")
        .exact(CIDR, "cidr")
        .exact(MACADDR, "macaddr")
        .exact(MACADDR8, "macaddr8")
        .exact(UUID, "uuid")
        .exact(HOSTNAME, "varchar(255)")
        .exact(OID, "oid")
        .exact(LSN, "pg_lsn")
        .exact(XID8, "xid8")
        .exact(NAME_63, "name")
        .exact(INTERVAL, "interval")
        .exact(ROWVERSION, "bytea")
        .exact(UINT64, "numeric(20,0)")
        .exact(INT128, "numeric(39,0)")
        .exact(INT256, "numeric(78,0)")
        .exact(DECIMAL_76_20, "numeric(76,20)")
        .rounded(DATETIME64_9, "timestamp(6)", 6)
        .exact(FLOAT32, "real")
        .build();
  }
}
