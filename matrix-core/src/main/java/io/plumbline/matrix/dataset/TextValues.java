package io.plumbline.matrix.dataset;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import net.datafaker.Faker;

/** Character strings; none holds U+0000, which PostgreSQL cannot store. */
final class TextValues {

  private static final List<String> CHARS =
      List.of(
          "          ",
          "A         ",
          "         A",
          " x      x ",
          "NULL      ",
          "null      ",
          "0000000000",
          "9999999999",
          "'         ",
          "''quoted''",
          "\"quoted\"  ",
          "\\n\\r\\t\\0\\\\",
          "a,b;c|d\te\n",
          "line\r\nfeed",
          "%s_{}[]()?",
          "$1 :a @b #",
          "\u0001\u0007\u0008\u000b\u000c\u001a\u001b\u001f\u007f\u0085",
          "\u00e4\u00f6\u00fc\u00c4\u00d6\u00dc\u00df\u20ac\u00b5\u00f1",
          "e\u0301e\u0301e\u0301e\u0301e\u0301",
          "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd!",
          "\u65e5\u672c\u8a9e\u30c6\u30ad\u30b9\u30c8\u6f22\u5b57\u3042",
          "\ufeff\u200b\u200d\u200e\u200f\u202e\u00a0\u2028\u2029\ufffd",
          "Istanbul\u0130\u0131",
          "abcdefghij",
          "ABCDEFGHIJ");

  /** Edge vectors of every text of variable length. */
  private static final List<String> COMMON =
      List.of(
          "",
          " ",
          "          ",
          "trailing blank ",
          " leading blank",
          "trailing tab\t",
          "NULL",
          "null",
          "\\N",
          "N/A",
          "0",
          "-1",
          "true",
          "NaN",
          "2026-06-01",
          "'",
          "''",
          "it's",
          "\"",
          "\"quoted\"",
          "`backtick`",
          "\\",
          "\\\\",
          "back\\slash",
          "\\n is not a line break",
          "C:\\new\\table",
          "\n",
          "\r\n",
          "\r",
          "line\nbreak",
          "line\r\nbreak",
          "\ttab\t",
          "a,b;c|d",
          "\"a\",\"b\"",
          "{\"a\": null}",
          "[1,2]",
          "<a b='c'>&amp;</a>",
          "%s %d %%",
          "${x} #{y} {{z}}",
          "$$ $1 :name @p1 ?",
          "-- comment",
          "/* comment */",
          "'); DROP TABLE t; --",
          "\\.",
          "\u0001",
          "\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000b\u000c\u000e\u001f",
          "\u001a",
          "\u001b[31mred\u001b[0m",
          "\u007f",
          "\u0085",
          "\u00e9",
          "e\u0301",
          "\u00c5ngstr\u00f6m",
          "A\u030angstro\u0308m",
          "\u212b",
          "stra\u00dfe",
          "STRASSE",
          "\u0130stanbul \u0131",
          "\u05e9\u05dc\u05d5\u05dd",
          "\u65e5\u672c\u8a9e",
          "\ud83d\ude00",
          "\ufeffbyte order mark",
          "\u00a0",
          "\u2028",
          "\ufffd");

  private static final List<String> SCRIPTS =
      List.of(
          "",
          "\u00e9",
          "e\u0301",
          "\u00f1",
          "n\u0303",
          "\ud55c\uae00",
          "\u1112\u1161\u11ab\u1100\u1173\u11af",
          "\u1ec7",
          "e\u0323\u0302",
          "e\u0302\u0323",
          "a\u0300\u0301\u0302\u0303\u0304",
          "\u0301",
          "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd",
          "\u0627\u0644\u0633\u0644\u0627\u0645 \u0639\u0644\u064a\u0643\u0645",
          "abc \u05d0\u05d1\u05d2 123 \u062f",
          "\u202edesrever\u202c",
          "\u200fmark\u200e",
          "\u0928\u092e\u0938\u094d\u0924\u0947",
          "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35",
          "\u7b80\u4f53 \u7e41\u9ad4",
          "\uff21\uff22\uff23\u3000\uff11\uff12",
          "\u2460\ufb01\u00bd\u2126",
          "\u0391\u03b1\u03c3\u03c2",
          "\u0130i\u0131I",
          "\u00dfSS\u1e9e",
          "\ud83d\ude00",
          "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67",
          "\ud83c\uddf3\ud83c\uddf1",
          "\ud83d\udc4d\ud83c\udffd",
          "\u2764\ufe0f",
          "\u2764",
          "\ud835\udc9c\ud835\udcb7",
          "\ud840\udc00",
          "\udbff\udffd",
          "\ud800\udf48",
          "\u200b",
          "\u00ad",
          "\ue000",
          "\ufdfa");

  private static final List<String> WORDS =
      List.of("new", "PAID", "shipped", "on hold", "returned", "cancelled");

  private static final int LONG = 10_000;

  private TextValues() {}

  static Recipe of(LogicalType type) {
    return switch (type) {
      case CHAR_10 -> new Recipe(CHARS, draw -> padded(draw.faker().name().lastName(), 10));
      case VARCHAR_255 ->
          with(
              draw -> draw.faker().name().fullName() + ", " + draw.faker().address().city(),
              "v".repeat(254),
              "v".repeat(254) + " ",
              "\u20ac".repeat(255));
      case TEXT ->
          with(
              draw -> draw.faker().address().streetAddress() + "\n" + draw.faker().address().city(),
              "t".repeat(256),
              "\u20ac".repeat(300));
      case UNICODE_TEXT -> new Recipe(SCRIPTS, TextValues::mixedScripts);
      case LONG_TEXT -> with(TextValues::paragraph, "long text. ".repeat(LONG / 11), multiByte());
      case ENUM_TEXT -> new Recipe(WORDS, draw -> draw.oneOf(WORDS));
      case NAME_63 ->
          with(
              TextValues::identifier,
              "n".repeat(62),
              "n".repeat(63),
              "n".repeat(62) + " ",
              "\u00e9".repeat(31),
              "\u20ac".repeat(21),
              "\ud83d\ude00".repeat(15));
      default -> throw new IllegalArgumentException(type.id());
    };
  }

  private static Recipe with(Function<Draw, Object> realistic, String... more) {
    return new Recipe(Stream.concat(COMMON.stream(), Stream.of(more)).toList(), realistic);
  }

  private static String padded(String text, int length) {
    return (text + " ".repeat(length)).substring(0, length);
  }

  private static String mixedScripts(Draw draw) {
    return draw.oneOf(SCRIPTS) + " " + draw.faker().address().city() + " " + draw.oneOf(SCRIPTS);
  }

  private static String paragraph(Draw draw) {
    Faker faker = draw.faker();
    return faker.company().name() + ": " + faker.lorem().sentence() + "\n" + faker.book().title();
  }

  private static String identifier(Draw draw) {
    String name = draw.faker().commerce().productName();
    return name.length() > 63 ? name.substring(0, 63) : name;
  }

  /** Some ten thousand characters of which each is three or four bytes long in UTF-8. */
  private static String multiByte() {
    return "\u65e5\u672c\ud83d\ude00\n".repeat(LONG / 5);
  }
}
