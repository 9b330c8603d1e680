package io.plumbline.matrix.dataset;

import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.datafaker.Faker;

/**
 * JSON and XML. Normal form means compact, keys sorted, no duplicate keys, numbers in plain
 * notation with their trailing zeros, nothing escaped that JSON does not ask for.
 */
final class StructuredValues {

  /** Texts that a parser would change: blanks, key order, duplicate keys, notations, escapes. */
  private static final List<String> JSON_TEXTS =
      List.of(
          "{ }",
          "[ ]",
          " {\"a\":1} ",
          "{\"b\":1,\"a\":2}",
          "{\"a\":1,\"a\":2}",
          "{\"a\" : [1, 2,\t3]}",
          "{\n  \"a\": null\n}",
          "{\r\n\"a\": true}",
          "1e2",
          "1E+2",
          "-0",
          "-0.0",
          "1.50e-3",
          "1e400",
          "\"\\u00e9\"",
          "\"\\u00E9\"",
          "\"\\/\"",
          "\"\\ud83d\\ude00\"",
          "{\"big\": 12345678901234567890123456789.10}",
          "[1.0, 1.00, 1]");

  private static final List<String> SCALARS =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "1",
          "-1",
          "0.1",
          "1.50",
          "-0.000001",
          "100000000000000000000",
          "9007199254740991",
          "9007199254740993",
          "-9007199254740993",
          "9223372036854775807",
          "9223372036854775808",
          "18446744073709551615",
          "12345678901234567890.123456789",
          "\"\"",
          "\" \"",
          "\"trailing \"",
          "\"null\"",
          "\"NULL\"",
          "\"true\"",
          "\"1\"",
          "\"\\\"\"",
          "\"\\\\\"",
          "\"\\n\"",
          "\"\\r\\n\"",
          "\"\\t\\b\\f\"",
          "\"\\u0001\\u0007\"",
          "\"/\"",
          "\"it's\"",
          "\"\u00e9\"",
          "\"e\u0301\"",
          "\"\u05e9\u05dc\u05d5\u05dd\"",
          "\"\ud83d\ude00\"");

  private static final List<String> CONTAINERS =
      List.of(
          "{}",
          "[]",
          "[[]]",
          "[{}]",
          "[null]",
          "[[],[null],[1,null]]",
          "{\"\":\"\"}",
          "{\"a\":{}}",
          "{\"a\":[]}",
          "{\"a\":null}",
          "{\"a\":{\"b\":{\"c\":{\"d\":[1,[2,[3]]]}}}}",
          "{\"A\":1,\"a\":2}",
          "{\"a\":1,\"aa\":2,\"b\":3}",
          "{\"10\":1,\"9\":2}",
          "{\"a b\":1,\"a.b\":2,\"a/b\":3}",
          "{\"\\\"\":\"\\\\\"}",
          "{\"e\u0301\":1,\"\u00e9\":2}",
          "[true,false,null,0,\"\"]",
          "[9007199254740993,-9007199254740993,0.10]");

  private static final List<String> MAPS =
      List.of(
          "{}",
          "{\"\":\"\"}",
          "{\"a\":null}",
          "{\"a\":\"\"}",
          "{\"a\":\"null\"}",
          "{\"a\":\" \"}",
          "{\"a\":\"trailing \"}",
          "{\"A\":\"upper\",\"a\":\"lower\"}",
          "{\"a\":\"1\",\"aa\":\"2\",\"b\":\"3\"}",
          "{\"key with blank\":\"x\"}",
          "{\"a=>b\":\"c,d\"}",
          "{\"it's\":\"\\\"quoted\\\"\"}",
          "{\"back\\\\slash\":\"\\\\\"}",
          "{\"line\":\"a\\r\\nb\\tc\"}",
          "{\"\u00e9\":\"e\u0301\"}",
          "{\"\u05e9\u05dc\u05d5\u05dd\":\"\u0645\u0631\u062d\u0628\u0627\"}",
          "{\"smile\":\"\ud83d\ude00\"}");

  private static final List<String> STRUCTS =
      List.of(
          struct(false, "0", "\"\"", "null", "[]"),
          struct(true, "0.00", "\"NULL\"", "0", "[\"\"]"),
          struct(true, "-0.01", "null", "-1", "[null]"),
          struct(false, "99999999999999.99", "\"trailing \"", "9007199254740993", "[\"a\",\"a\"]"),
          struct(true, "1.50", "\"\\\"\\\\\\n\"", "-9223372036854775808", "[\"a,b\",\"{}\"]"),
          struct(true, "1.5", "\"e\u0301\u00e9\"", "9223372036854775807", "[\"\ud83d\ude00\"]"));

  private static final List<String> XMLS =
      List.of(
          "<a/>",
          "<a></a>",
          "<a> </a>",
          "<a>\n</a>",
          "<a>\ttab\n  indented\n</a>",
          "<a b=\"\"/>",
          "<a b=\"1\" a='2'/>",
          "<a>&lt;&amp;&gt;&quot;&apos;</a>",
          "<a>&#233;&#xE9;</a>",
          "<a><![CDATA[<b>&]]></a>",
          "<a><!-- comment --></a>",
          "<a><?target data?></a>",
          "<a xmlns=\"urn:x\" xmlns:p=\"urn:p\"><p:b p:c=\"d\"/></a>",
          "<a><b/><b></b><b xml:space=\"preserve\"> </b></a>",
          "<a>NULL</a>",
          "<a>trailing </a>",
          "<a>\u00e9e\u0301</a>",
          "<a>\u05e9\u05dc\u05d5\u05dd</a>",
          "<a>\ud83d\ude00</a>",
          "<\u00e9l\u00e9ment/>");

  private StructuredValues() {}

  static Recipe of(LogicalType type) {
    return switch (type) {
      case JSON ->
          new Recipe(
              Stream.of(JSON_TEXTS, SCALARS, CONTAINERS).flatMap(List::stream).toList(),
              draw -> "{\"ts\": " + draw.below(1_000_000) + ", \"order\": " + order(draw) + "}");
      case JSONB ->
          new Recipe(
              Stream.of(CONTAINERS, SCALARS).flatMap(List::stream).toList(),
              StructuredValues::order);
      case XML -> new Recipe(XMLS, StructuredValues::document);
      case MAP_TEXT -> new Recipe(MAPS, StructuredValues::labels);
      case STRUCT ->
          new Recipe(
              STRUCTS,
              draw ->
                  struct(
                      draw.chance(50),
                      money(draw).toString(),
                      JsonText.quote(draw.faker().name().fullName()),
                      String.valueOf(draw.below(1_000)),
                      "[" + JsonText.quote(draw.faker().color().name()) + "]"));
      case VARIANT ->
          new Recipe(
              SCALARS,
              draw ->
                  draw.chance(50)
                      ? money(draw).toString()
                      : JsonText.quote(draw.faker().book().title()));
      default -> throw new IllegalArgumentException(type.id());
    };
  }

  private static String struct(
      boolean active, String amount, String name, String quantity, String tags) {
    return "{\"active\":%s,\"amount\":%s,\"name\":%s,\"quantity\":%s,\"tags\":%s}"
        .formatted(active, amount, name, quantity, tags);
  }

  private static BigDecimal money(Draw draw) {
    return BigDecimal.valueOf(draw.below(1_000_000), 2);
  }

  private static String order(Draw draw) {
    return "{\"item\":%s,\"price\":%s,\"quantity\":%s}"
        .formatted(
            JsonText.quote(draw.faker().commerce().productName()), money(draw), 1 + draw.below(99));
  }

  private static String labels(Draw draw) {
    Faker faker = draw.faker();
    SortedMap<String, String> labels = new TreeMap<>();
    labels.put("city", JsonText.quote(faker.address().city()));
    labels.put("color", draw.chance(20) ? "null" : JsonText.quote(faker.color().name()));
    if (draw.chance(50)) {
      labels.put("x-" + draw.below(100), JsonText.quote(faker.name().firstName()));
    }
    return labels.entrySet().stream()
        .map(label -> JsonText.quote(label.getKey()) + ":" + label.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String document(Draw draw) {
    return "<order id=\"%s\"><item>%s</item><price>%s</price></order>"
        .formatted(
            draw.below(1_000_000),
            draw.faker().commerce().productName().replace("&", "&amp;").replace("<", "&lt;"),
            money(draw));
  }
}
