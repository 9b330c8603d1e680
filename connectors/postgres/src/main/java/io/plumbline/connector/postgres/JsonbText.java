package io.plumbline.connector.postgres;

import java.util.Comparator;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * The text of a jsonb value brought to normal form: PostgreSQL puts blanks after {@code :} and
 * {@code ,} and sorts keys by length first; its strings and numbers are in normal form already.
 */
final class JsonbText {
  private static final Comparator<String> BY_CODE_POINT =
      (a, b) -> java.util.Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  private final String text;
  private int at;

  private JsonbText(String text) {
    this.text = text;
  }

  static String normal(String text) {
    return new JsonbText(text).value();
  }

  private String value() {
    return switch (text.charAt(at)) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      default -> scalar();
    };
  }

  private String object() {
    Map<String, String> members = new TreeMap<>(BY_CODE_POINT);
    at++;
    while (text.charAt(at) != '}') {
      String key = string();
      at++;
      skipBlank();
      members.put(unescaped(key), key + ":" + value());
      skipComma();
    }
    at++;
    return "{" + String.join(",", members.values()) + "}";
  }

  private String array() {
    StringJoiner elements = new StringJoiner(",", "[", "]");
    at++;
    while (text.charAt(at) != ']') {
      elements.add(value());
      skipComma();
    }
    at++;
    return elements.toString();
  }

  private String string() {
    int begin = at++;
    while (text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
    return text.substring(begin, at);
  }

  private String scalar() {
    int begin = at;
    while (at < text.length() && ",]} ".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(begin, at);
  }

  private void skipComma() {
    if (text.charAt(at) == ',') {
      at++;
      skipBlank();
    }
  }

  private void skipBlank() {
    while (text.charAt(at) == ' ') {
      at++;
    }
  }

  private static String unescaped(String quoted) {
    StringBuilder plain = new StringBuilder(quoted.length());
    for (int i = 1; i < quoted.length() - 1; i++) {
      char c = quoted.charAt(i);
      if (c != '\\') {
        plain.append(c);
        continue;
      }
      char escaped = quoted.charAt(++i);
      switch (escaped) {
        case 'b' -> plain.append('\b');
        case 'f' -> plain.append('\f');
        case 'n' -> plain.append('\n');
        case 'r' -> plain.append('\r');
        case 't' -> plain.append('\t');
        case 'u' -> {
          plain.append((char) Integer.parseInt(quoted.substring(i + 1, i + 5), 16));
          i += 4;
        }
        default -> plain.append(escaped);
      }
    }
    return plain.toString();
  }
}
