package io.plumbline.matrix.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.InputSource;

class ValueDomainTest {
  private static final String NUMBER =
      "(?:-?\\d+(?:\\.\\d*[1-9])?(?:e[+-]\\d\\d+)?|-?Infinity|NaN)";
  private static final String POINT = "\\(" + NUMBER + "," + NUMBER + "\\)";
  private static final String POINTS = POINT + "(?:," + POINT + ")*";
  private static final String OCTETS = "\\d{1,3}(?:\\.\\d{1,3}){3}";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final ValueDomain domain = new ValueDomain(Volume.DEFAULT.seed());

  @ParameterizedTest
  @EnumSource(LogicalType.class)
  void valuesAreManyDistinctAndOfTheDeclaredClass(LogicalType type) {
    List<Object> values = domain.values(type);
    int size =
        switch (type) {
          case BOOLEAN -> 2;
          case ENUM_TEXT -> 6;
          default -> 96;
        };

    assertThat(values).hasSize(size).allMatch(type.canonical()::isInstance);
    assertThat(new HashSet<>(values)).hasSize(size);
    assertThat(values.stream().map(ValueDomainTest::text).distinct()).hasSize(size);
  }

  @ParameterizedTest
  @EnumSource(LogicalType.class)
  void valuesKeepThePromisesOfTheirType(LogicalType type) {
    assertThat(domain.values(type))
        .allMatch(promise(type), "what the Javadoc of the type promises");
  }

  @ParameterizedTest
  @EnumSource(LogicalType.class)
  void textIsStorableAndShort(LogicalType type) {
    List<String> texts = new ArrayList<>();
    domain.values(type).forEach(value -> addTexts(value, texts));

    assertThat(texts)
        .noneMatch(text -> text.indexOf('\0') >= 0)
        .allMatch(ValueDomainTest::encodable);
    assertThat(texts).filteredOn(text -> text.length() > 600).hasSizeLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(LogicalType.class)
  void anotherSeedKeepsTheEdgesAndDrawsOtherValues(LogicalType type) {
    List<Object> here = domain.values(type);
    List<Object> there = new ValueDomain(1).values(type);

    assertThat(there).startsWith(here.get(0), here.get(1));
    assertThat(domain.values(type)).isEqualTo(here);
    if (here.size() == 96) {
      assertThat(there).isNotEqualTo(here);
    }
  }

  @Test
  void edgesOfText() {
    for (LogicalType type :
        List.of(
            LogicalType.VARCHAR_255,
            LogicalType.TEXT,
            LogicalType.LONG_TEXT,
            LogicalType.NAME_63)) {
      assertThat(domain.values(type))
          .contains("", " ", "trailing blank ", "NULL", "\"", "'", "\\", "\n", "\r\n", "\u0001")
          .contains("\u00e9", "e\u0301", "\u05e9\u05dc\u05d5\u05dd", "\ud83d\ude00");
    }
    assertThat(domain.values(LogicalType.LONG_TEXT))
        .anyMatch(text -> ((String) text).length() >= 9_990);
    List<Object> unicode = domain.values(LogicalType.UNICODE_TEXT);
    Set<String> normalized = new HashSet<>();
    unicode.forEach(
        text -> normalized.add(Normalizer.normalize((String) text, Normalizer.Form.NFC)));
    assertThat(normalized).hasSizeLessThan(unicode.size());
  }

  @Test
  void edgesOfNumbers() {
    assertThat(domain.values(LogicalType.SMALLINT)).contains(-32768L, 32767L, 0L, 1L, -1L);
    assertThat(domain.values(LogicalType.INTEGER)).contains(-2147483648L, 2147483647L, 0L, 1L, -1L);
    assertThat(domain.values(LogicalType.BIGINT))
        .contains(Long.MIN_VALUE, Long.MAX_VALUE, (1L << 53) + 1);
    assertThat(domain.values(LogicalType.DECIMAL_18_4))
        .contains(
            new BigDecimal("0.0000"),
            new BigDecimal("0.0001"),
            new BigDecimal("-99999999999999.9999"));
    assertThat(domain.values(LogicalType.DECIMAL_76_20))
        .contains(new BigDecimal("9".repeat(56) + "." + "9".repeat(20)));
    assertThat(domain.values(LogicalType.DOUBLE))
        .contains(
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            -0.0,
            0.0,
            Double.MIN_VALUE);
    assertThat(domain.values(LogicalType.FLOAT32))
        .contains(
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            -0.0f,
            0.0f,
            Float.MAX_VALUE);
    assertThat(domain.values(LogicalType.UINT64))
        .contains(BigInteger.ZERO, BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
    assertThat(domain.values(LogicalType.INT256)).contains(BigInteger.TWO.pow(255).negate());
  }

  @Test
  void edgesOfTimes() {
    assertThat(domain.values(LogicalType.DATE))
        .contains(LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31), LocalDate.of(2024, 2, 29));
    assertThat(domain.values(LogicalType.TIMESTAMP))
        .contains(
            LocalDateTime.parse("2026-03-29T02:30:00"),
            LocalDateTime.parse("9999-12-31T23:59:59.999999"));
    assertThat(domain.values(LogicalType.DATETIME2_7))
        .contains(LocalDateTime.parse("2026-12-31T23:59:59.9999999"));
    assertThat(domain.values(LogicalType.DATETIMEOFFSET_7))
        .contains(OffsetDateTime.parse("0001-01-01T14:00:00+14:00"));
    assertThat(domain.values(LogicalType.DATETIME64_9))
        .contains(LocalDateTime.parse("2026-06-01T12:34:56.123456789"));
  }

  @Test
  void edgesOfBytesAndLists() {
    byte[] every = new byte[256];
    for (int i = 0; i < 256; i++) {
      every[i] = (byte) i;
    }
    assertThat(domain.values(LogicalType.BLOB))
        .contains(Bytes.of(), Bytes.of((byte) 0), Bytes.of(every));
    assertThat(domain.values(LogicalType.VARBINARY_255))
        .contains(Bytes.of(), Bytes.of(new byte[255]));
    assertThat(domain.values(LogicalType.INT_ARRAY))
        .contains(List.of())
        .anyMatch(list -> ((List<?>) list).size() == 1 && ((List<?>) list).get(0) == null);
    assertThat(domain.values(LogicalType.TEXT_ARRAY)).contains(List.of("NULL"), List.of(""));
    assertThat(domain.values(LogicalType.INT_MATRIX)).contains(List.of(), List.of(List.of(1L, 2L)));
  }

  private static Predicate<Object> promise(LogicalType type) {
    return switch (type) {
      case SMALLINT -> within(BigInteger.TWO.pow(15).negate(), 16);
      case INTEGER -> within(BigInteger.TWO.pow(31).negate(), 32);
      case BIGINT -> within(BigInteger.TWO.pow(63).negate(), 64);
      case OID -> within(BigInteger.ZERO, 32);
      case XID8, UINT64 -> within(BigInteger.ZERO, 64);
      case INT128 -> within(BigInteger.TWO.pow(127).negate(), 128);
      case INT256 -> within(BigInteger.TWO.pow(255).negate(), 256);
      case DECIMAL_18_4 -> decimal(18, 4);
      case DECIMAL_38_10 -> decimal(38, 10);
      case DECIMAL_76_20 -> decimal(76, 20);
      case DOUBLE, FLOAT32, BOOLEAN, UUID, BLOB -> value -> true;
      case DATE -> value -> year(((LocalDate) value).getYear());
      case TIME -> value -> ((LocalTime) value).toNanoOfDay() % 1_000 == 0;
      case TIMESTAMP -> value -> dateTime((LocalDateTime) value, 1_000);
      case TIMESTAMPTZ ->
          value ->
              ((OffsetDateTime) value).getOffset().equals(ZoneOffset.UTC)
                  && dateTime(((OffsetDateTime) value).toLocalDateTime(), 1_000);
      case DATETIME2_7 -> value -> dateTime((LocalDateTime) value, 100);
      case DATETIMEOFFSET_7 -> value -> offsetDateTime((OffsetDateTime) value);
      case DATETIME64_9 ->
          value ->
              !((LocalDateTime) value).isBefore(LocalDateTime.parse("1900-01-01T00:00:00"))
                  && !((LocalDateTime) value).isAfter(LocalDateTime.parse("2262-04-11T23:47:16"));
      case CHAR_10 ->
          value -> ((String) value).length() == 10 && ((String) value).codePointCount(0, 10) == 10;
      case VARCHAR_255 -> value -> ((String) value).length() <= 255;
      case NAME_63 -> value -> ((String) value).getBytes(StandardCharsets.UTF_8).length <= 63;
      case TEXT, UNICODE_TEXT, LONG_TEXT -> value -> true;
      case ENUM_TEXT -> matching("[A-Za-z ]{3,10}");
      case BIT_8 -> matching("[01]{8}");
      case VARBIT_64 -> matching("[01]{0,64}");
      case BINARY_16 -> value -> ((Bytes) value).length() == 16;
      case ROWVERSION -> value -> ((Bytes) value).length() == 8;
      case VARBINARY_255 -> value -> ((Bytes) value).length() <= 255;
      case JSON -> ValueDomainTest::isJson;
      case JSONB -> value -> normalForm(value) != null;
      case VARIANT -> value -> normalForm(value).isValueNode();
      case MAP_TEXT ->
          value -> {
            JsonNode map = normalForm(value);
            List<JsonNode> values = new ArrayList<>();
            map.elements().forEachRemaining(values::add);
            return map.isObject() && values.stream().allMatch(v -> v.isTextual() || v.isNull());
          };
      case STRUCT ->
          value -> {
            List<String> fields = new ArrayList<>();
            normalForm(value).fieldNames().forEachRemaining(fields::add);
            return fields.equals(List.of("active", "amount", "name", "quantity", "tags"));
          };
      case XML -> ValueDomainTest::wellFormed;
      case INT_ARRAY -> value -> elements(value, Long.class);
      case TEXT_ARRAY -> value -> elements(value, String.class);
      case INT_MATRIX -> ValueDomainTest::rectangular;
      case INT_RANGE -> discreteRange(Long::parseLong);
      case DATE_RANGE -> discreteRange(LocalDate::parse);
      case DECIMAL_RANGE ->
          matching(
              "empty|\\(,\\)|[\\[(]-?\\d+(\\.\\d+)?,\\)|\\(,-?\\d+(\\.\\d+)?[\\])]|[\\[(]-?\\d+(\\.\\d+)?,-?\\d+(\\.\\d+)?[\\])]");
      case POINT -> matching(POINT);
      case SEGMENT -> matching("\\[" + POINT + "," + POINT + "\\]");
      case BOX -> ValueDomainTest::upperRightFirst;
      case PATH -> matching("\\(" + POINTS + "\\)|\\[" + POINTS + "\\]");
      case POLYGON -> matching("\\(" + POINTS + "\\)");
      case CIRCLE -> matching("<" + POINT + "," + NUMBER + ">");
      case INET -> matching(OCTETS + "(?:/(?!32$)\\d+)?|[0-9a-f]*:[0-9a-f:.]*(?:/(?!128$)\\d+)?");
      case CIDR -> matching("(?:" + OCTETS + "|[0-9a-f:.]+)/\\d+");
      case MACADDR -> matching("[0-9a-f]{2}(?::[0-9a-f]{2}){5}");
      case MACADDR8 -> matching("[0-9a-f]{2}(?::[0-9a-f]{2}){7}");
      case HOSTNAME ->
          value -> ((String) value).length() <= 253 && matching("[A-Za-z0-9_.-]+").test(value);
      case LSN -> matching("(0|[1-9A-F][0-9A-F]{0,7})/(0|[1-9A-F][0-9A-F]{0,7})");
      case INTERVAL -> ValueDomainTest::normalInterval;
    };
  }

  private static Predicate<Object> matching(String regex) {
    Predicate<String> whole = Pattern.compile(regex).asMatchPredicate();
    return value -> whole.test((String) value);
  }

  private static Predicate<Object> within(BigInteger min, int bits) {
    return value -> {
      BigInteger above = new BigInteger(value.toString()).subtract(min);
      return above.signum() >= 0 && above.bitLength() <= bits;
    };
  }

  private static Predicate<Object> decimal(int precision, int scale) {
    return value ->
        ((BigDecimal) value).scale() == scale && ((BigDecimal) value).precision() <= precision;
  }

  private static boolean year(int year) {
    return year >= 1 && year <= 9999;
  }

  private static boolean dateTime(LocalDateTime value, int nanos) {
    // A system that keeps microseconds rounds; even then the year must stay below 10000.
    return year(value.getYear())
        && year(value.plusNanos(500).getYear())
        && value.toLocalTime().toNanoOfDay() % nanos == 0;
  }

  private static boolean offsetDateTime(OffsetDateTime value) {
    return dateTime(value.toLocalDateTime(), 100)
        && dateTime(value.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime(), 100)
        && Math.abs(value.getOffset().getTotalSeconds()) <= Duration.ofHours(14).toSeconds();
  }

  private static boolean isJson(Object value) {
    try {
      return !new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readTree((String) value)
          .isMissingNode();
    } catch (java.io.IOException e) {
      return false;
    }
  }

  /** Parses and writes again; the text must be unchanged but for what the writer escapes. */
  private static JsonNode normalForm(Object value) {
    JsonNode node;
    try {
      node = JSON.readTree((String) value);
    } catch (java.io.IOException e) {
      throw new AssertionError("not JSON: " + value, e);
    }
    assertThat(render(node)).isEqualTo(value);
    return node;
  }

  private static String render(JsonNode node) {
    if (node.isObject()) {
      List<String> members = new ArrayList<>();
      TreeSet<String> names = new TreeSet<>();
      node.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> members.add(JsonText.quote(name) + ":" + render(node.get(name))));
      return "{" + String.join(",", members) + "}";
    }
    if (node.isArray()) {
      List<String> elements = new ArrayList<>();
      node.forEach(element -> elements.add(render(element)));
      return "[" + String.join(",", elements) + "]";
    }
    if (node.isTextual()) {
      return JsonText.quote(node.textValue());
    }
    return node.isNumber() ? node.decimalValue().toPlainString() : node.toString();
  }

  private static boolean wellFormed(Object value) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.newDocumentBuilder().parse(new InputSource(new StringReader((String) value)));
      return true;
    } catch (Exception e) {
      return false;
    }
  }

  private static boolean elements(Object value, Class<?> type) {
    return ((List<?>) value).stream().allMatch(e -> e == null || type.isInstance(e));
  }

  private static boolean rectangular(Object value) {
    List<?> rows = (List<?>) value;
    return rows.stream().allMatch(row -> elements(row, Long.class) && !((List<?>) row).isEmpty())
        && rows.stream().map(row -> ((List<?>) row).size()).distinct().count() <= 1;
  }

  private static <T extends Comparable<? super T>> Predicate<Object> discreteRange(
      java.util.function.Function<String, T> bound) {
    Pattern form = Pattern.compile("(?:\\[([^,]+)|\\(),([^,]*)\\)");
    return value -> {
      if (value.equals("empty")) {
        return true;
      }
      java.util.regex.Matcher range = form.matcher((String) value);
      if (!range.matches()) {
        return false;
      }
      boolean open = range.group(1) == null || range.group(2).isEmpty();
      return open || bound.apply(range.group(1)).compareTo(bound.apply(range.group(2))) < 0;
    };
  }

  private static boolean upperRightFirst(Object value) {
    String text = (String) value;
    if (!text.matches(POINT + "," + POINT)) {
      return false;
    }
    String[] corners = text.replaceAll("[()]", "").split(",", -1);
    return Double.parseDouble(corners[0]) >= Double.parseDouble(corners[2])
        && Double.parseDouble(corners[1]) >= Double.parseDouble(corners[3]);
  }

  private static boolean normalInterval(Object value) {
    java.util.regex.Matcher parts =
        Pattern.compile(
                "P(?:(-?\\d+)Y)?(?:(-?\\d+)M)?(?:(-?\\d+)D)?(?:T(?:(-?\\d+)H)?(?:(-?\\d+)M)?(?:(-?\\d+(?:\\.\\d{0,5}[1-9])?)S)?)?")
            .matcher((String) value);
    if (!parts.matches() || value.equals("P") || value.toString().endsWith("T")) {
      return false;
    }
    return value.equals("PT0S")
        || (below(parts.group(2), 12) && below(parts.group(5), 60) && below(parts.group(6), 60));
  }

  private static boolean below(@org.jspecify.annotations.Nullable String part, int limit) {
    return part == null
        || (new BigDecimal(part).abs().compareTo(BigDecimal.valueOf(limit)) < 0
            && new BigDecimal(part).signum() != 0);
  }

  private static String text(Object value) {
    return value instanceof List<?> list ? JsonText.array(list) : value.toString();
  }

  private static void addTexts(Object value, List<String> texts) {
    if (value instanceof String text) {
      texts.add(text);
    } else if (value instanceof List<?> list) {
      list.stream().filter(java.util.Objects::nonNull).forEach(e -> addTexts(e, texts));
    }
  }

  private static boolean encodable(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
