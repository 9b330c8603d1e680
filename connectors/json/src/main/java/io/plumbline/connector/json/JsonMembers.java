package io.plumbline.connector.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import org.apiguardian.api.API;

/** Picks a few members out of documents without reading the rest. Not thread-safe. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class JsonMembers {
  private static final JsonFactory JSON = new JsonFactory();

  private final List<String> names;
  private final String[] found;

  /** Picks scalar members by name. */
  public JsonMembers(String... names) {
    this.names = List.of(names);
    this.found = new String[names.length];
  }

  /**
   * The texts of the members, in the order of the names; the array is reused.
   *
   * @throws JsonException when a member is missing
   */
  public String[] read(byte[] document) {
    int missing = found.length;
    try (JsonParser parser = JSON.createParser(document)) {
      parser.nextToken();
      while (missing > 0 && parser.nextToken() == JsonToken.FIELD_NAME) {
        int place = names.indexOf(parser.currentName());
        parser.nextToken();
        if (place >= 0) {
          found[place] = parser.getText();
          missing--;
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new JsonException("The row is no JSON: " + e.getMessage(), e);
    }
    if (missing > 0) {
      throw new JsonException("A row lacks one of the members %s.".formatted(names));
    }
    return found;
  }
}
