package io.plumbline.connector.mssql;

import static io.plumbline.matrix.dataset.LogicalType.*;

import io.plumbline.connector.jdbc.SqlDialect;
import io.plumbline.matrix.connector.TextForm;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.registry.Family;
import java.util.List;

/**
 * What SQL Server declares about every logical type, in both roles.
 *
 * <p>Limits are those of Microsoft's pages "Data types (Transact-SQL)", "decimal and numeric",
 * "float and real" and "datetime2".
 */
final class MssqlTypes {
  static final Family FAMILY = new Family("mssql");

  static final SqlDialect DIALECT = new SqlDialect("[", "]", "nvarchar(64)", "datetime2(6)", "bit");

  private static final String TEXT_TYPE = "nvarchar(max)";

  private static final String NOT_A_NUMBER =
      "SQL Server has no NaN and no infinities, and the values contain them.";

  /** There is no type of these, or one that would rewrite the text. */
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

  private MssqlTypes() {}

  static TypeMapping of(Role role) {
    TypeMapping.Builder types = TypeMapping.of(FAMILY, role);
    VERBATIM.forEach(type -> types.asText(type, TEXT_TYPE, TextForm.VERBATIM));
    return types
        .exact(SMALLINT, "smallint")
        .exact(INTEGER, "int")
        .exact(BIGINT, "bigint")
        .exact(DECIMAL_18_4, "decimal(18,4)")
        .exact(DECIMAL_38_10, "decimal(38,10)")
        .unsupported(DOUBLE, NOT_A_NUMBER)
        .unsupported(FLOAT32, NOT_A_NUMBER)
        .exact(DATE, "date")
        .exact(TIME, "time(6)")
        .exact(TIMESTAMP, "datetime2(6)")
        .exact(TIMESTAMPTZ, "datetimeoffset(6)")
        .exact(DATETIME2_7, "datetime2(7)")
        .exact(DATETIMEOFFSET_7, "datetimeoffset(7)")
        .rounded(DATETIME64_9, "datetime2(7)", 7)
        .exact(CHAR_10, "nchar(10)")
        .exact(VARCHAR_255, "nvarchar(255)")
        .exact(TEXT, "nvarchar(max)")
        .exact(UNICODE_TEXT, "nvarchar(max)")
        .exact(LONG_TEXT, "nvarchar(max)")
        .exact(ENUM_TEXT, "nvarchar(32)")
        .exact(NAME_63, "nvarchar(63)")
        .exact(HOSTNAME, "nvarchar(255)")
        .exact(BOOLEAN, "bit")
        .exact(BINARY_16, "binary(16)")
        .exact(VARBINARY_255, "varbinary(255)")
        .exact(BLOB, "varbinary(max)")
        // Only the server writes a rowversion column.
        .exact(ROWVERSION, "binary(8)")
        // JSON is text that must be kept as it is; the xml type would rewrite it.
        .exact(JSON, "nvarchar(max)")
        .exact(JSONB, "nvarchar(max)")
        .asText(INT_ARRAY, TEXT_TYPE, TextForm.JSON_ARRAY)
        .asText(TEXT_ARRAY, TEXT_TYPE, TextForm.JSON_ARRAY)
        .asText(INT_MATRIX, TEXT_TYPE, TextForm.JSON_ARRAY)
        .exact(UUID, "uniqueidentifier")
        .widened(OID, "bigint", BIGINT)
        .exact(XID8, "decimal(20,0)")
        .exact(UINT64, "decimal(20,0)")
        // The greatest precision is 38 digits.
        .asText(INT128, TEXT_TYPE, TextForm.DECIMAL)
        .asText(INT256, TEXT_TYPE, TextForm.DECIMAL)
        .asText(DECIMAL_76_20, TEXT_TYPE, TextForm.DECIMAL)
        .build();
  }
}
