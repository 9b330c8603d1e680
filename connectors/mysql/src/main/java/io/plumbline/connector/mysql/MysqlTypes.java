package io.plumbline.connector.mysql;

import static io.plumbline.matrix.dataset.LogicalType.*;

import io.plumbline.connector.jdbc.SqlDialect;
import io.plumbline.matrix.connector.TextForm;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.registry.Family;
import java.util.List;

/**
 * What MySQL declares about every logical type.
 *
 * <p>Limits are those of the reference manual's chapter "Data Types", above all "Fractional Seconds
 * in Time Values", "The DATE, DATETIME, and TIMESTAMP Types" and "The CHAR and VARCHAR Types". The
 * manual guarantees dates from the year 1000 only and says that earlier ones might work; the
 * storage format holds them.
 */
final class MysqlTypes {
  static final Family FAMILY = new Family("mysql");

  static final SqlDialect DIALECT =
      new SqlDialect("`", "`", "varchar(64)", "datetime(6)", "tinyint(1)");

  private static final String TEXT_TYPE = "longtext";

  private static final String NOT_A_NUMBER =
      "MySQL has no NaN and no infinities, and the values contain them.";

  /** There is no type of these, or one that would rewrite the text. */
  private static final List<LogicalType> VERBATIM =
      List.of(
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

  private MysqlTypes() {}

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
        .exact(TIMESTAMP, "datetime(6)")
        .rounded(DATETIME2_7, "datetime(6)", 6)
        .rounded(DATETIME64_9, "datetime(6)", 6)
        // TIMESTAMP ends in 2038, DATETIME has no offset.
        .asText(TIMESTAMPTZ, TEXT_TYPE, TextForm.ISO_8601)
        .asText(DATETIMEOFFSET_7, TEXT_TYPE, TextForm.ISO_8601)
        // CHAR loses trailing blanks on retrieval.
        .exact(CHAR_10, "varchar(10)")
        .exact(VARCHAR_255, "varchar(255)")
        .exact(TEXT, "longtext")
        .exact(UNICODE_TEXT, "longtext")
        .exact(LONG_TEXT, "longtext")
        .exact(ENUM_TEXT, "varchar(32)")
        .exact(NAME_63, "varchar(63)")
        .exact(HOSTNAME, "varchar(255)")
        .exact(BOOLEAN, "tinyint(1)")
        .exact(BIT_8, "bit(8)")
        .exact(BINARY_16, "binary(16)")
        .exact(VARBINARY_255, "varbinary(255)")
        .exact(BLOB, "longblob")
        .exact(ROWVERSION, "binary(8)")
        // The json type rewrites the text and keeps numbers as doubles.
        .exact(JSON, "longtext")
        .exact(JSONB, "longtext")
        .asText(INT_ARRAY, TEXT_TYPE, TextForm.JSON_ARRAY)
        .asText(TEXT_ARRAY, TEXT_TYPE, TextForm.JSON_ARRAY)
        .asText(INT_MATRIX, TEXT_TYPE, TextForm.JSON_ARRAY)
        .exact(OID, "int unsigned")
        .exact(XID8, "bigint unsigned")
        .exact(UINT64, "bigint unsigned")
        .exact(INT128, "decimal(39,0)")
        // The greatest precision is 65 digits.
        .asText(INT256, TEXT_TYPE, TextForm.DECIMAL)
        .asText(DECIMAL_76_20, TEXT_TYPE, TextForm.DECIMAL)
        .build();
  }
}
