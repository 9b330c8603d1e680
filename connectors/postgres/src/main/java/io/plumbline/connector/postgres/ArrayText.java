package io.plumbline.connector.postgres;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An array in PostgreSQL's text: {@code {1,NULL,"a \"quoted\" one"}}, nested for a matrix. */
final class ArrayText {
  private final String text;
  private final Function<String, Object> element;
  private int at;

  ArrayText(String text, Function<String, Object> element) {
    this.text = text;
    this.element = element;
  }

  List<?> value() {
    List<@Nullable Object> elements = new ArrayList<>();
    at++;
    while (text.charAt(at) != '}') {
      switch (text.charAt(at)) {
        case ',' -> at++;
        case '{' -> elements.add(value());
        case '"' -> elements.add(element.apply(quoted()));
        default -> elements.add(plain());
      }
    }
    at++;
    return Collections.unmodifiableList(elements);
  }

  private String quoted() {
    StringBuilder content = new StringBuilder();
    at++;
    while (text.charAt(at) != '"') {
      if (text.charAt(at) == '\\') {
        at++;
      }
      content.append(text.charAt(at++));
    }
    at++;
    return content.toString();
  }

  private @Nullable Object plain() {
    int begin = at;
    while (text.charAt(at) != ',' && text.charAt(at) != '}') {
      at++;
    }
    String content = text.substring(begin, at);
    return content.equals("NULL") ? null : element.apply(content);
  }
}
