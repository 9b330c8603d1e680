package io.plumbline.connector.postgres;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The inspector's way from jsonb's text to normal form: one pass over its tokens, members sorted
 * when an object closes.
 */
final class InspectedJson {
  private static final Pattern TOKEN =
      Pattern.compile("[{}\\[\\]:,]|\"(?:[^\"\\\\]|\\\\.)*+\"|[^{}\\[\\]:,\"\\s]++");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|(.))");

  private InspectedJson() {}

  private record Member(String key, String text) {
    String name() {
      return ESCAPE
          .matcher(key.substring(1, key.length() - 1))
          .replaceAll(m -> Matcher.quoteReplacement(plain(m.group(1), m.group(2))));
    }

    private static String plain(@org.jspecify.annotations.Nullable String hex, String letter) {
      if (hex != null) {
        return String.valueOf((char) Integer.parseInt(hex, 16));
      }
      int control = "bfnrt".indexOf(letter);
      return control < 0 ? letter : String.valueOf("\b\f\n\r\t".charAt(control));
    }
  }

  /** An open object or array; the outermost holds the document. */
  private static final class Container {
    private final List<Member> members = new ArrayList<>();
    private String key = "";

    void add(String text) {
      members.add(new Member(key, text));
      key = "";
    }

    String object() {
      return members.stream()
          .sorted(Comparator.comparing(Member::name, InspectedJson::byCodePoint))
          .map(m -> m.key() + ":" + m.text())
          .collect(Collectors.joining(",", "{", "}"));
    }

    String array() {
      return members.stream().map(Member::text).collect(Collectors.joining(",", "[", "]"));
    }
  }

  static String ordered(String text) {
    Deque<Container> open = new ArrayDeque<>();
    open.push(new Container());
    String pending = "";
    Matcher tokens = TOKEN.matcher(text);
    while (tokens.find()) {
      String token = tokens.group();
      switch (token) {
        case "{", "[" -> open.push(new Container());
        case ":" -> {
          open.element().key = pending;
          pending = "";
        }
        case "," -> pending = flush(open, pending);
        case "}", "]" -> {
          pending = flush(open, pending);
          Container closed = open.pop();
          open.element().add(token.equals("}") ? closed.object() : closed.array());
        }
        default -> pending = token;
      }
    }
    flush(open, pending);
    return open.element().members.get(0).text();
  }

  private static String flush(Deque<Container> open, String pending) {
    if (!pending.isEmpty()) {
      open.element().add(pending);
    }
    return "";
  }

  private static int byCodePoint(String a, String b) {
    return java.util.Arrays.compareUnsigned(BinaryEncoder.utf8(a), BinaryEncoder.utf8(b));
  }
}
