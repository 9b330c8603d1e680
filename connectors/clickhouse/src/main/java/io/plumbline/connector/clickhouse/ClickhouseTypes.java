package io.plumbline.connector.clickhouse;

import static io.plumbline.matrix.dataset.LogicalType.*;

import io.plumbline.connector.jdbc.SqlDialect;
import io.plumbline.matrix.connector.TextForm;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.registry.Family;
import java.util.List;

/**
 * What ClickHouse declares about every logical type, in both roles.
 *
 * <p>Limits are those of clickhouse.com/docs, "Data types". Date32 and DateTime64 hold the years
 * 1900 to 2299 only, while DATE and TIMESTAMP hold 0001 to 9999 and must be exact because keys and
 * cursors rest on them. So they are kept as ISO-8601 text of fixed length ({@code uuuu-MM-dd},
 * {@code uuuu-MM-dd'T'HH:mm:ss.SSSSSS}), whose order is the order of time.
 */
final class ClickhouseTypes {
  static final Family FAMILY = new Family("clickhouse");

  static final SqlDialect DIALECT = new SqlDialect("`", "`", "String", "FixedString(26)", "Bool");

  private static final String TEXT_TYPE = "String";

  /** There is no type of these, or none that can be Nullable. */
  private static final List<LogicalType> VERBATIM =
      List.of(
          BIT_8,
          VARBIT_64,
          XML,
          MAP_TEXT,
          STRUCT,
          VARIANT,
          INT_RANGE,
          DECIMAL_RANGE,
          DATE_RANGE,
          POINT,
          SEGMENT,
          BOX,
          PATH,
          POLYGON,
          CIRCLE,
          INET,
          CIDR,
          MACADDR,
          MACADDR8,
          LSN,
          INTERVAL);

  private ClickhouseTypes() {}

  static TypeMapping of(Role role) {
    TypeMapping.Builder types = TypeMapping.of(FAMILY, role);
    VERBATIM.forEach(type -> types.asText(type, TEXT_TYPE, TextForm.VERBATIM));
    return types
        .exact(SMALLINT, "Int16")
        .exact(INTEGER, "Int32")
        .exact(BIGINT, "Int64")
        .exact(DECIMAL_18_4, "Decimal(18, 4)")
        .exact(DECIMAL_38_10, "Decimal(38, 10)")
        .exact(DECIMAL_76_20, "Decimal(76, 20)")
        .exact(DOUBLE, "Float64")
        .exact(FLOAT32, "Float32")
        .exact(OID, "UInt32")
        .exact(XID8, "UInt64")
        .exact(UINT64, "UInt64")
        .exact(INT128, "Int128")
        .exact(INT256, "Int256")
        // See above for why these two are text.
        .exact(DATE, "FixedString(10)")
        .exact(TIMESTAMP, "FixedString(26)")
        .exact(DATETIME64_9, "DateTime64(9, 'UTC')")
        // No time of day without a setting; offsets are not kept; years 1900 to 2299 only.
        .asText(TIME, TEXT_TYPE, TextForm.ISO_8601)
        .asText(TIMESTAMPTZ, TEXT_TYPE, TextForm.ISO_8601)
        .asText(DATETIME2_7, TEXT_TYPE, TextForm.ISO_8601)
        .asText(DATETIMEOFFSET_7, TEXT_TYPE, TextForm.ISO_8601)
        .exact(CHAR_10, "String")
        .exact(VARCHAR_255, "String")
        .exact(TEXT, "String")
        .exact(UNICODE_TEXT, "String")
        .exact(LONG_TEXT, "String")
        .exact(ENUM_TEXT, "String")
        .exact(NAME_63, "String")
        .exact(HOSTNAME, "String")
        .exact(BOOLEAN, "Bool")
        .exact(BINARY_16, "FixedString(16)")
        .exact(VARBINARY_255, "String")
        .exact(BLOB, "String")
        .exact(ROWVERSION, "FixedString(8)")
        // The JSON type rewrites the text.
        .exact(JSON, "String")
        .exact(JSONB, "String")
        .exact(UUID, "UUID")
        // Array and Map cannot be Nullable, so a NULL would become an empty one.
        .asText(INT_ARRAY, TEXT_TYPE, TextForm.JSON_ARRAY)
        .asText(TEXT_ARRAY, TEXT_TYPE, TextForm.JSON_ARRAY)
        .asText(INT_MATRIX, TEXT_TYPE, TextForm.JSON_ARRAY)
        .build();
  }
}
