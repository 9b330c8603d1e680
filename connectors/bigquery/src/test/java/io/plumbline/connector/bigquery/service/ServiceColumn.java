package io.plumbline.connector.bigquery.service;

import com.fasterxml.jackson.core.JsonToken;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column, what it takes of a load job, and its type in DuckDB.
 *
 * @param parameters of its type, if it has any
 */
record ServiceColumn(String name, String type, List<Integer> parameters, boolean required) {
  private static final Pattern DEFINITION =
      Pattern.compile("`(\\w+)` ([A-Z0-9]+)(?:\\((\\d+)(?:, (\\d+))?\\))?( NOT NULL)?");
  private static final BigDecimal LARGEST_BIGNUMERIC = new BigDecimal("5.78E38");
  private static final int NUMERIC_SCALE = 9;
  private static final int NUMERIC_DIGITS = 29;
  private static final int LAST_YEAR = 9999;

  /** Of a line of a CREATE TABLE statement. */
  static ServiceColumn of(String definition) throws Refused {
    Matcher matcher = DEFINITION.matcher(definition);
    if (!matcher.matches()) {
      throw Refused.invalidQuery("Syntax error: unexpected column definition " + definition);
    }
    List<Integer> parameters =
        matcher.group(3) == null
            ? List.of()
            : matcher.group(4) == null
                ? List.of(Integer.valueOf(matcher.group(3)))
                : List.of(Integer.valueOf(matcher.group(3)), Integer.valueOf(matcher.group(4)));
    return new ServiceColumn(
        matcher.group(1), matcher.group(2), parameters, matcher.group(5) != null);
  }

  /** As DuckDB has it. */
  String duckType() throws Refused {
    return switch (type) {
      case "INT64" -> "BIGINT";
      case "FLOAT64" -> "DOUBLE";
      case "BOOL" -> "BOOLEAN";
      case "STRING" -> "VARCHAR";
      case "BYTES" -> "BLOB";
      case "DATE", "TIME" -> type;
      case "DATETIME", "TIMESTAMP" -> "TIMESTAMP";
      // What is declared without parameters are integers of 128 bits.
      case "BIGNUMERIC", "NUMERIC" ->
          parameters.isEmpty()
              ? "HUGEINT"
              : "DECIMAL(%d, %d)".formatted(parameters.get(0), scale());
      default -> throw Refused.invalidQuery("Type not found: " + type);
    };
  }

  /** What else DuckDB has to look at; BigQuery's type says it. */
  String duckCheck() {
    return type.equals("BYTES") && !parameters.isEmpty()
        ? " CHECK (octet_length(\"%s\") <= %d)".formatted(name, parameters.get(0))
        : "";
  }

  private int scale() {
    return parameters.size() > 1 ? parameters.get(1) : 0;
  }

  /** How DuckDB gets the column from the text that {@link #text} made. */
  String fromText(String quoted) throws Refused {
    return "CAST(%s AS %s)".formatted(quoted, duckType());
  }

  /** The text that DuckDB reads as the value. */
  String text(JsonToken token, String value) throws Refused {
    try {
      return switch (type) {
        case "INT64" -> Long.toString(Long.parseLong(value));
        case "NUMERIC", "BIGNUMERIC" -> exact(token, value);
        case "FLOAT64" -> number(token, value);
        case "BOOL" -> truth(value);
        case "STRING" -> string(value);
        case "DATE" -> LocalDate.parse(inYears(value)).toString();
        case "TIME" -> DateTimeFormatter.ISO_LOCAL_TIME.format(LocalTime.parse(inMicros(value)));
        case "DATETIME" -> dateTime(value.replace(' ', 'T'));
        case "TIMESTAMP" -> instant(value);
        default -> throw refusal(value);
      };
    } catch (DateTimeException | IllegalArgumentException e) {
      throw refusal(value);
    }
  }

  private String exact(JsonToken token, String value) throws Refused {
    // A JSON number is a double on its way.
    BigDecimal number =
        token == JsonToken.VALUE_STRING
            ? new BigDecimal(value)
            : BigDecimal.valueOf(Double.parseDouble(value));
    boolean fits =
        parameters.isEmpty()
            ? type.equals("BIGNUMERIC")
                ? number.abs().compareTo(LARGEST_BIGNUMERIC) <= 0
                : digits(number) <= NUMERIC_DIGITS && number.scale() <= NUMERIC_SCALE
            : digits(number) <= parameters.get(0) - scale()
                && number.stripTrailingZeros().scale() <= scale();
    if (!fits) {
      throw refusal(value);
    }
    return number.toPlainString();
  }

  private static int digits(BigDecimal number) {
    BigInteger whole = number.toBigInteger().abs();
    return whole.signum() == 0 ? 0 : whole.toString().length();
  }

  /** "You can't store a negative zero in a table." */
  private String number(JsonToken token, String value) throws Refused {
    if (token == JsonToken.VALUE_STRING
        && !List.of("NaN", "Infinity", "-Infinity").contains(value)) {
      throw refusal(value);
    }
    return Double.toString(Double.parseDouble(value) + 0.0);
  }

  private String truth(String value) throws Refused {
    if (!List.of("true", "false").contains(value)) {
      throw refusal(value);
    }
    return value;
  }

  private String string(String value) throws Refused {
    if (!parameters.isEmpty() && value.codePointCount(0, value.length()) > parameters.get(0)) {
      throw Refused.invalid(
          "Field %s: STRING(%d) has maximum length %d but got a value with length %d"
              .formatted(
                  name,
                  parameters.get(0),
                  parameters.get(0),
                  value.codePointCount(0, value.length())));
    }
    return value;
  }

  private String instant(String value) throws Refused {
    if (!value.endsWith("Z")) {
      throw refusal(value);
    }
    return dateTime(value.substring(0, value.length() - 1));
  }

  private String dateTime(String value) throws Refused {
    return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
        LocalDateTime.parse(inYears(inMicros(value))));
  }

  private String inMicros(String value) throws Refused {
    int point = value.indexOf('.');
    if (point >= 0 && value.length() - point - 1 > 6) {
      throw refusal(value);
    }
    return value;
  }

  private String inYears(String value) throws Refused {
    int year = Integer.parseInt(value.substring(0, 4));
    if (year < 1 || year > LAST_YEAR) {
      throw refusal(value);
    }
    return value;
  }

  Refused refusal(String value) {
    return Refused.invalid(
        "Could not convert value '%s' to %s. Field: %s".formatted(value, type, name));
  }
}
