package io.plumbline.connector.bigquery;

import static io.plumbline.matrix.dataset.LogicalType.*;

import io.plumbline.connector.jdbc.SqlDialect;
import io.plumbline.matrix.connector.TextForm;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.registry.Family;
import java.util.List;

/**
 * What BigQuery declares about every logical type.
 *
 * <p>Limits are those of cloud.google.com/bigquery/docs/reference/standard-sql/data-types.
 */
final class BigqueryTypes {
  static final Family FAMILY = new Family("bigquery");

  static final SqlDialect DIALECT = new SqlDialect("`", "`", "STRING", "DATETIME", "BOOL");

  private static final String TEXT_TYPE = "STRING";

  /** There is no type of these, or one that does not hold all of their values. */
  private static final List<LogicalType> VERBATIM =
      List.of(
          BIT_8,
          VARBIT_64,
          XML,
          MAP_TEXT,
          STRUCT,
          VARIANT,
          UUID,
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

  private BigqueryTypes() {}

  static TypeMapping of(Role role) {
    TypeMapping.Builder types = TypeMapping.of(FAMILY, role);
    VERBATIM.forEach(type -> types.asText(type, TEXT_TYPE, TextForm.VERBATIM));
    return types
        .exact(SMALLINT, "INT64")
        .exact(INTEGER, "INT64")
        .exact(BIGINT, "INT64")
        .exact(DECIMAL_18_4, "NUMERIC(18, 4)")
        .exact(DECIMAL_38_10, "BIGNUMERIC(38, 10)")
        .exact(DOUBLE, "FLOAT64")
        .widened(FLOAT32, "FLOAT64", DOUBLE)
        .widened(OID, "INT64", BIGINT)
        .exact(XID8, "NUMERIC(20)")
        .exact(UINT64, "NUMERIC(20)")
        // BIGNUMERIC reaches 5.7E38, which holds 128 bits.
        .exact(INT128, "BIGNUMERIC")
        // At most 38 digits before the point.
        .asText(INT256, TEXT_TYPE, TextForm.DECIMAL)
        .asText(DECIMAL_76_20, TEXT_TYPE, TextForm.DECIMAL)
        .exact(DATE, "DATE")
        .exact(TIME, "TIME")
        .exact(TIMESTAMP, "DATETIME")
        .exact(TIMESTAMPTZ, "TIMESTAMP")
        // Microseconds only, and no offset.
        .asText(DATETIME2_7, TEXT_TYPE, TextForm.ISO_8601)
        .asText(DATETIMEOFFSET_7, TEXT_TYPE, TextForm.ISO_8601)
        .asText(DATETIME64_9, TEXT_TYPE, TextForm.ISO_8601)
        .exact(CHAR_10, "STRING")
        .exact(VARCHAR_255, "STRING")
        .exact(TEXT, "STRING")
        .exact(UNICODE_TEXT, "STRING")
        .exact(LONG_TEXT, "STRING")
        .exact(ENUM_TEXT, "STRING")
        .exact(NAME_63, "STRING")
        .exact(HOSTNAME, "STRING")
        .exact(BOOLEAN, "BOOL")
        .exact(BINARY_16, "BYTES")
        .exact(VARBINARY_255, "BYTES")
        .exact(BLOB, "BYTES")
        .exact(ROWVERSION, "BYTES")
        // The JSON type rewrites the text.
        .exact(JSON, "STRING")
        .exact(JSONB, "STRING")
        // An ARRAY column holds neither NULL nor arrays with NULL elements.
        .asText(INT_ARRAY, TEXT_TYPE, TextForm.JSON_ARRAY)
        .asText(TEXT_ARRAY, TEXT_TYPE, TextForm.JSON_ARRAY)
        .asText(INT_MATRIX, TEXT_TYPE, TextForm.JSON_ARRAY)
        .build();
  }
}
