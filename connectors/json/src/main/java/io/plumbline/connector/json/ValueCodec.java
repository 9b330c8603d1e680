package io.plumbline.connector.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.plumbline.matrix.dataset.Bytes;
import io.plumbline.matrix.dataset.LogicalType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the values of a logical type stand in JSON; the other side of {@link JsonTypes}. */
@SuppressWarnings("ImmutableEnumChecker") // The functions hold nothing.
enum ValueCodec {
  INTEGER(Shape.NUMBER, Object::toString, Long::valueOf),
  INTEGER_AS_TEXT(Shape.TEXT, Object::toString, Long::valueOf),
  BIG_INTEGER_AS_TEXT(Shape.TEXT, Object::toString, BigInteger::new),
  DECIMAL_AS_TEXT(Shape.TEXT, number -> ((BigDecimal) number).toPlainString(), BigDecimal::new),
  DOUBLE(Shape.NUMBER_OR_NAME, Object::toString, Double::valueOf),
  FLOAT(Shape.NUMBER_OR_NAME, Object::toString, Float::valueOf),
  BOOLEAN(Shape.TRUTH, Object::toString, Boolean::valueOf),
  DATE(Shape.TEXT, Object::toString, LocalDate::parse),
  TIME(Shape.TEXT, time(DateTimeFormatter.ISO_LOCAL_TIME), LocalTime::parse),
  LOCAL_DATE_TIME(Shape.TEXT, time(DateTimeFormatter.ISO_LOCAL_DATE_TIME), LocalDateTime::parse),
  OFFSET_DATE_TIME(Shape.TEXT, time(DateTimeFormatter.ISO_OFFSET_DATE_TIME), OffsetDateTime::parse),
  UNIVERSAL_ID(Shape.TEXT, Object::toString, UUID::fromString),
  BASE64(
      Shape.TEXT,
      bytes -> Base64.getEncoder().encodeToString(((Bytes) bytes).toArray()),
      text -> Bytes.of(Base64.getDecoder().decode(text))),
  CHARACTERS(Shape.CHARACTERS, Object::toString, text -> text),
  INTEGERS(Shape.ARRAY, ValueCodec::array, ValueCodec::noText),
  STRINGS(Shape.ARRAY, ValueCodec::array, ValueCodec::noText);

  /** The JSON that a value may be; what is not a name stands for the text as it is. */
  private enum Shape {
    NUMBER,
    /** A number, or the name of a float that is none. */
    NUMBER_OR_NAME,
    TRUTH,
    /** Text without a character that JSON would escape. */
    TEXT,
    CHARACTERS,
    ARRAY
  }

  private static final long LARGEST_EXACT = (1L << 53) - 1;
  private static final Map<LogicalType, ValueCodec> TABLE = new EnumMap<>(LogicalType.class);

  static {
    put(INTEGER, LogicalType.SMALLINT, LogicalType.INTEGER, LogicalType.OID);
    put(INTEGER_AS_TEXT, LogicalType.BIGINT);
    put(
        BIG_INTEGER_AS_TEXT,
        LogicalType.XID8,
        LogicalType.UINT64,
        LogicalType.INT128,
        LogicalType.INT256);
    put(
        DECIMAL_AS_TEXT,
        LogicalType.DECIMAL_18_4,
        LogicalType.DECIMAL_38_10,
        LogicalType.DECIMAL_76_20);
    put(DOUBLE, LogicalType.DOUBLE);
    put(FLOAT, LogicalType.FLOAT32);
    put(BOOLEAN, LogicalType.BOOLEAN);
    put(DATE, LogicalType.DATE);
    put(TIME, LogicalType.TIME);
    put(LOCAL_DATE_TIME, LogicalType.TIMESTAMP, LogicalType.DATETIME2_7, LogicalType.DATETIME64_9);
    put(OFFSET_DATE_TIME, LogicalType.TIMESTAMPTZ, LogicalType.DATETIMEOFFSET_7);
    put(UNIVERSAL_ID, LogicalType.UUID);
    put(
        BASE64,
        LogicalType.BINARY_16,
        LogicalType.VARBINARY_255,
        LogicalType.BLOB,
        LogicalType.ROWVERSION);
    put(INTEGERS, LogicalType.INT_ARRAY, LogicalType.INT_MATRIX);
    put(STRINGS, LogicalType.TEXT_ARRAY);
    for (LogicalType type : LogicalType.values()) {
      if (type.canonical() == String.class) {
        put(CHARACTERS, type);
      }
    }
  }

  private final Shape shape;
  private final Function<Object, String> format;
  private final Function<String, Object> parse;

  ValueCodec(Shape shape, Function<Object, String> format, Function<String, Object> parse) {
    this.shape = shape;
    this.format = format;
    this.parse = parse;
  }

  private static void put(ValueCodec codec, LogicalType... types) {
    for (LogicalType type : types) {
      TABLE.put(type, codec);
    }
  }

  /** The codec of a type's canonical values. */
  static ValueCodec of(LogicalType type) {
    ValueCodec codec = TABLE.get(type);
    if (codec == null) {
      throw new IllegalStateException("No codec of " + type.id());
    }
    return codec;
  }

  /** The JSON of a value that is not NULL, in UTF-8. */
  byte[] encode(Object value) {
    String text = format.apply(value);
    return switch (shape) {
      case NUMBER, TRUTH, ARRAY -> utf8(text);
      case TEXT -> utf8('"' + text + '"');
      case NUMBER_OR_NAME -> utf8(isName(text) ? '"' + text + '"' : text);
      case CHARACTERS -> quoted(text);
    };
  }

  /** True when a value is an array, which is read token by token. */
  boolean nested() {
    return shape == Shape.ARRAY;
  }

  /** True when a value of this codec may be such a token. */
  boolean accepts(JsonToken token) {
    return switch (shape) {
      case NUMBER -> token == JsonToken.VALUE_NUMBER_INT;
      case NUMBER_OR_NAME -> token.isNumeric() || token == JsonToken.VALUE_STRING;
      case TRUTH -> token.isBoolean();
      case TEXT, CHARACTERS -> token == JsonToken.VALUE_STRING;
      case ARRAY -> token == JsonToken.START_ARRAY;
    };
  }

  /** The value of a scalar token's text. */
  Object decode(String text) {
    return parse.apply(text);
  }

  /** The value of the array at which the parser stands. */
  List<?> decodeArray(JsonParser parser) throws IOException {
    List<@Nullable Object> elements = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      elements.add(element(parser, token));
    }
    return Collections.unmodifiableList(elements);
  }

  private @Nullable Object element(JsonParser parser, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token == JsonToken.START_ARRAY) {
      return decodeArray(parser);
    }
    if (this == INTEGERS && token == JsonToken.VALUE_NUMBER_INT) {
      return parser.getLongValue();
    }
    if (this == STRINGS && token == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    throw new JsonException("An array of %s holds %s.".formatted(this, parser.getText()));
  }

  private static Function<Object, String> time(DateTimeFormatter formatter) {
    return value -> formatter.format((TemporalAccessor) value);
  }

  private static boolean isName(String number) {
    return number.charAt(number.length() - 1) > '9';
  }

  private static String array(Object list) {
    StringBuilder json = new StringBuilder("[");
    for (Object element : (List<?>) list) {
      if (json.length() > 1) {
        json.append(',');
      }
      if (element instanceof List<?> nested) {
        json.append(array(nested));
      } else if (element instanceof String text) {
        json.append(new String(quoted(text), StandardCharsets.UTF_8));
      } else {
        json.append(element instanceof Long number ? exact(number) : "null");
      }
    }
    return json.append(']').toString();
  }

  /** Numbers of an array are JSON numbers, so they must be exact for whoever reads doubles. */
  private static long exact(long number) {
    if (number > LARGEST_EXACT || number < -LARGEST_EXACT) {
      throw new JsonException(
          "An array holds %d, but a JSON number is exact only between -%d and %d."
              .formatted(number, LARGEST_EXACT, LARGEST_EXACT));
    }
    return number;
  }

  private static Object noText(String text) {
    throw new IllegalStateException("An array has no text: " + text);
  }

  private static byte[] quoted(String text) {
    byte[] escaped = JsonStringEncoder.getInstance().quoteAsUTF8(text);
    byte[] json = new byte[escaped.length + 2];
    json[0] = '"';
    System.arraycopy(escaped, 0, json, 1, escaped.length);
    json[json.length - 1] = '"';
    return json;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
