package io.plumbline.connector.json;

import static io.plumbline.matrix.dataset.LogicalType.*;

import io.plumbline.matrix.connector.TextForm;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.registry.Family;
import java.util.List;
import org.apiguardian.api.API;

/**
 * What a family that carries JSON documents with a schema declares about every logical type, in
 * either role. A native type is the JSON Schema of a value, without the {@code null} that a
 * nullable column adds.
 *
 * <p>The rules, each with the page it comes from:
 *
 * <ul>
 *   <li>The type decides how a value travels, never the value. A number travels as a JSON number
 *       when every number of its type is exact in a binary64: integers of at most 53 bits and
 *       floats. All others travel as text: RFC 8259, <i>The JavaScript Object Notation (JSON) Data
 *       Interchange Format</i>, section 6 (<a
 *       href="https://www.rfc-editor.org/rfc/rfc8259">rfc-editor.org/rfc/rfc8259</a>), RFC 7493,
 *       <i>The I-JSON Message Format</i>, section 2.2 (<a
 *       href="https://www.rfc-editor.org/rfc/rfc7493">rfc-editor.org/rfc/rfc7493</a>), and the
 *       formats {@code int64}, {@code uint64} and {@code decimal} of the OpenAPI Initiative's
 *       <i>Formats Registry</i> (<a
 *       href="https://spec.openapis.org/registry/format/">spec.openapis.org/registry/format</a>).
 *       Precision and scale of a decimal are in its pattern.
 *   <li>NaN and the infinities are no JSON numbers (RFC 8259, section 6); they travel as the texts
 *       of their names, as <i>ProtoJSON Format</i> has it (<a
 *       href="https://protobuf.dev/programming-guides/json/">protobuf.dev/programming-guides/json</a>).
 *       Minus zero is a JSON number.
 *   <li>Bytes travel as base64 with the keyword {@code contentEncoding}, documents as the text they
 *       are with {@code contentMediaType}: <i>JSON Schema Validation</i> 2020-12, section 8 (<a
 *       href="https://json-schema.org/draft/2020-12/json-schema-validation">json-schema.org/draft/2020-12/json-schema-validation</a>).
 *       A document is not nested, because a parser keeps neither its blanks nor its numbers, and
 *       the document {@code null} would be the value NULL.
 *   <li>Dates and times have the formats {@code date} and {@code date-time} of the same page,
 *       section 7.3, and those without an offset {@code date-time-local} and {@code time-local} of
 *       the Formats Registry; {@code date-time} demands an offset. RFC 3339 bounds neither the
 *       digits of a fraction nor forbids an offset other than Z, and has the years 0000 to 9999.
 *   <li>What no keyword or format tells from another text is a text from there on. That includes
 *       intervals ({@code duration} has no signs and no fractions), addresses with a prefix length
 *       ({@code ipv4} and {@code ipv6} have none), and bit strings. Maps, structures and variants
 *       are JSON documents from there on.
 *   <li>NULL is the member with the value {@code null}; a column that the pair lacks is a member
 *       that is not there.
 * </ul>
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class JsonTypes {
  private static final String STRING = "{\"type\":\"string\"}";
  private static final String DOCUMENT =
      "{\"type\":\"string\",\"contentMediaType\":\"application/json\"}";
  private static final String BASE64 = "{\"type\":\"string\",\"contentEncoding\":\"base64\"}";
  private static final String UINT64_TEXT =
      "{\"type\":\"string\",\"format\":\"uint64\",\"pattern\":\"^[0-9]{1,20}$\"}";

  /** Elements are bounded as the numbers of a document are. */
  private static final String INTEGERS =
      "{\"type\":\"array\",\"items\":{\"type\":[\"integer\",\"null\"],"
          + "\"minimum\":-9007199254740991,\"maximum\":9007199254740991}}";

  /** Text in notations that no keyword of JSON Schema names. */
  private static final List<LogicalType> PLAIN_TEXT =
      List.of(
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
          INTERVAL);

  private JsonTypes() {}

  /** The declaration of a family in a role. */
  public static TypeMapping of(Family family, Role role) {
    TypeMapping.Builder types = TypeMapping.of(family, role);
    PLAIN_TEXT.forEach(type -> types.asText(type, STRING, TextForm.VERBATIM));
    return types
        .exact(SMALLINT, integer("-32768", "32767"))
        .exact(INTEGER, integer("-2147483648", "2147483647"))
        .exact(OID, integer("0", "4294967295"))
        .exact(BIGINT, "{\"type\":\"string\",\"format\":\"int64\",\"pattern\":\"^-?[0-9]{1,19}$\"}")
        .exact(XID8, UINT64_TEXT)
        .exact(UINT64, UINT64_TEXT)
        .exact(INT128, matching("^-?[0-9]{1,39}$"))
        .exact(INT256, matching("^-?[0-9]{1,77}$"))
        .exact(DECIMAL_18_4, decimal(14, 4))
        .exact(DECIMAL_38_10, decimal(28, 10))
        .exact(DECIMAL_76_20, decimal(56, 20))
        .exact(DOUBLE, numberOrName("double"))
        .exact(FLOAT32, numberOrName("float"))
        .exact(DATE, format("date"))
        .exact(TIME, format("time-local"))
        .exact(TIMESTAMP, format("date-time-local"))
        .exact(DATETIME2_7, format("date-time-local"))
        .exact(DATETIME64_9, format("date-time-local"))
        .exact(TIMESTAMPTZ, format("date-time"))
        .exact(DATETIMEOFFSET_7, format("date-time"))
        .exact(CHAR_10, "{\"type\":\"string\",\"minLength\":10,\"maxLength\":10}")
        .exact(VARCHAR_255, "{\"type\":\"string\",\"maxLength\":255}")
        .exact(NAME_63, "{\"type\":\"string\",\"maxLength\":63}")
        .exact(TEXT, STRING)
        .exact(UNICODE_TEXT, STRING)
        .exact(LONG_TEXT, STRING)
        .exact(ENUM_TEXT, STRING)
        // Not the format "hostname": it has neither underscores nor a dot at the end.
        .exact(HOSTNAME, STRING)
        .exact(BOOLEAN, "{\"type\":\"boolean\"}")
        .asText(BIT_8, matching("^[01]{8}$"), TextForm.VERBATIM)
        .asText(VARBIT_64, matching("^[01]{0,64}$"), TextForm.VERBATIM)
        .exact(BINARY_16, BASE64)
        .exact(VARBINARY_255, BASE64)
        .exact(BLOB, BASE64)
        .exact(ROWVERSION, BASE64)
        .exact(JSON, DOCUMENT)
        .exact(JSONB, DOCUMENT)
        .widened(MAP_TEXT, DOCUMENT, JSON)
        .widened(STRUCT, DOCUMENT, JSON)
        .widened(VARIANT, DOCUMENT, JSON)
        .exact(XML, "{\"type\":\"string\",\"contentMediaType\":\"application/xml\"}")
        .exact(INT_ARRAY, INTEGERS)
        .exact(TEXT_ARRAY, "{\"type\":\"array\",\"items\":{\"type\":[\"string\",\"null\"]}}")
        .exact(INT_MATRIX, "{\"type\":\"array\",\"items\":" + INTEGERS + "}")
        .exact(UUID, format("uuid"))
        .asText(LSN, matching("^[0-9A-F]{1,8}/[0-9A-F]{1,8}$"), TextForm.VERBATIM)
        .build();
  }

  private static String integer(String minimum, String maximum) {
    return "{\"type\":\"integer\",\"minimum\":%s,\"maximum\":%s}".formatted(minimum, maximum);
  }

  private static String decimal(int integerDigits, int scale) {
    return "{\"type\":\"string\",\"format\":\"decimal\",\"pattern\":\"^-?[0-9]{1,%s}\\\\.[0-9]{%s}$\"}"
        .formatted(integerDigits, scale);
  }

  private static String numberOrName(String format) {
    return "{\"type\":[\"number\",\"string\"],\"format\":\"%s\",\"pattern\":\"^(NaN|-?Infinity)$\"}"
        .formatted(format);
  }

  private static String format(String format) {
    return "{\"type\":\"string\",\"format\":\"%s\"}".formatted(format);
  }

  private static String matching(String pattern) {
    return "{\"type\":\"string\",\"pattern\":\"%s\"}".formatted(pattern);
  }
}
