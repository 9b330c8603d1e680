package io.plumbline.connector.jdbc;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What an inspector made of the texts of a column: equal texts become one value, as many as it
 * remembers. Not thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ParsedTexts {
  private static final int MOST_REMEMBERED = 1 << 12;

  private final Function<String, Object> parser;
  private final boolean remembering;
  private final Map<String, Object> remembered = new HashMap<>();

  /**
   * Of a column.
   *
   * @param distinct true when hardly any two texts are equal
   */
  public ParsedTexts(Function<String, Object> parser, boolean distinct) {
    this.parser = parser;
    this.remembering = !distinct;
  }

  /** The value of a text; null for NULL. */
  public @Nullable Object get(@Nullable String text) {
    if (text == null || !remembering) {
      return text == null ? null : parser.apply(text);
    }
    Object value = remembered.get(text);
    if (value == null) {
      value = parser.apply(text);
      if (remembered.size() < MOST_REMEMBERED) {
        remembered.put(text, value);
      }
    }
    return value;
  }
}
