package io.plumbline.matrix.dataset;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compact JSON, escaped as PostgreSQL escapes it: nothing more than JSON asks for. */
final class JsonText {

  private JsonText() {}

  static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\b' -> quoted.append("\\b");
        case '\f' -> quoted.append("\\f");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < ' ') {
            quoted.append("\\u00").append(Character.forDigit(c >> 4, 16));
            quoted.append(Character.forDigit(c & 15, 16));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  static String array(List<?> elements) {
    return elements.stream().map(JsonText::element).collect(Collectors.joining(",", "[", "]"));
  }

  private static String element(@Nullable Object element) {
    if (element instanceof List<?> list) {
      return array(list);
    }
    return element instanceof String text ? quote(text) : String.valueOf(element);
  }
}
