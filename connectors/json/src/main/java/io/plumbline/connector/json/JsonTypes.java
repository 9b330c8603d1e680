package io.plumbline.connector.json;

import static io.plumbline.matrix.dataset.LogicalType.*;

import io.plumbline.matrix.connector.TextForm;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.registry.Family;
import java.util.List;

/**
 * What a family that carries JSON documents with a schema declares about every logical type.
 *
 * <p>RFC 8259 bounds neither the size of a number nor the length of a string, so integers are
 * exact; a reader must not parse them into doubles. A native type is a JSON Schema type,
 * alternatives separated by {@code |}, and a format after a colon. The format tells the reader how
 * to decode the text: a value with a format that it must decode is exact, other text is handed on
 * as text.
 */
public final class JsonTypes {
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

  private JsonTypes() {}

  /** The declaration of a family in a role. */
  public static TypeMapping of(Family family, Role role) {
    TypeMapping.Builder types = TypeMapping.of(family, role);
    VERBATIM.forEach(type -> types.asText(type, "string", TextForm.VERBATIM));
    return types
        .exact(SMALLINT, "integer")
        .exact(INTEGER, "integer")
        .exact(BIGINT, "integer")
        .exact(OID, "integer")
        .exact(XID8, "integer")
        .exact(UINT64, "integer")
        .exact(INT128, "integer")
        .exact(INT256, "integer")
        // Readers that know no schema take a JSON number for a double.
        .exact(DECIMAL_18_4, "string:decimal")
        .asText(DECIMAL_38_10, "string:decimal", TextForm.DECIMAL)
        .asText(DECIMAL_76_20, "string:decimal", TextForm.DECIMAL)
        // NaN and the infinities are no JSON numbers; they travel as their names.
        .exact(DOUBLE, "number|string:double")
        .exact(FLOAT32, "number|string:float")
        .exact(DATE, "string:date")
        .exact(TIMESTAMP, "string:local-date-time")
        .asText(TIME, "string:time", TextForm.ISO_8601)
        .asText(TIMESTAMPTZ, "string:date-time", TextForm.ISO_8601)
        .asText(DATETIMEOFFSET_7, "string:date-time", TextForm.ISO_8601)
        .asText(DATETIME2_7, "string:local-date-time", TextForm.ISO_8601)
        .asText(DATETIME64_9, "string:local-date-time", TextForm.ISO_8601)
        .exact(CHAR_10, "string")
        .exact(VARCHAR_255, "string")
        .exact(TEXT, "string")
        .exact(UNICODE_TEXT, "string")
        .exact(LONG_TEXT, "string")
        .exact(ENUM_TEXT, "string")
        .exact(NAME_63, "string")
        .exact(HOSTNAME, "string")
        .exact(BOOLEAN, "boolean")
        .asText(BINARY_16, "string:hex", TextForm.HEX)
        .asText(VARBINARY_255, "string:hex", TextForm.HEX)
        .asText(BLOB, "string:hex", TextForm.HEX)
        .asText(ROWVERSION, "string:hex", TextForm.HEX)
        // Inside a string, because a parser would not keep the text.
        .exact(JSON, "string:json")
        .exact(JSONB, "string:json")
        .exact(INT_ARRAY, "array:integer")
        .exact(TEXT_ARRAY, "array:string")
        .exact(INT_MATRIX, "array:integer-matrix")
        .build();
  }
}
