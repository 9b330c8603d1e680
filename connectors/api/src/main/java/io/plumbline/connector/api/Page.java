package io.plumbline.connector.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page: an object with {@code items}, and beside them what the whole read is about.
 *
 * @param items the page's items
 * @param sequence the last change that the read sees; the same on every page
 * @param total items of all pages
 * @param next where the next page begins; null on the last one
 */
record Page<T>(List<T> items, long sequence, long total, @Nullable String next) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Reads an item; the parser stands at its first token and is left at its last. */
  @FunctionalInterface
  interface Item<T> {
    T read(JsonParser parser) throws IOException;
  }

  /**
   * Reads a page as it arrives.
   *
   * @throws IOException when it ends too early or is no JSON
   * @throws ApiException when it lacks a member
   */
  static <T> Page<T> read(InputStream body, Item<T> item) throws IOException {
    List<T> items = new ArrayList<>();
    Long sequence = null;
    Long total = null;
    String next = null;
    try (JsonParser parser = JSON.createParser(body)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        switch (name) {
          case "items" -> {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
              items.add(item.read(parser));
            }
          }
          case "sequence" -> sequence = parser.getLongValue();
          case "total" -> total = parser.getLongValue();
          case "next" -> next = token == JsonToken.VALUE_NULL ? null : parser.getText();
          default -> parser.skipChildren();
        }
      }
      // Reads to the end, so that a body that is cut off after its last brace is noticed too.
      parser.nextToken();
    }
    if (sequence == null || total == null) {
      throw new ApiException("A page lacks 'sequence' or 'total'.");
    }
    return new Page<>(items, sequence, total, next);
  }
}
