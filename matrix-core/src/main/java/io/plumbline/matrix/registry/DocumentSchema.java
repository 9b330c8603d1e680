package io.plumbline.matrix.registry;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;

/**
 * The JSON Schema (draft 2020-12) of a kind of document. Its descriptions say what is allowed, and
 * a refusal repeats them.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class DocumentSchema {
  private static final int LONGEST_VALUE = 80;

  private final JsonNode text;
  private final Schema schema;

  private DocumentSchema(JsonNode text) {
    this.text = text;
    this.schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text);
  }

  /** The schema that lies beside a class. */
  public static DocumentSchema ofClassPath(Class<?> owner, String resource) {
    try (InputStream json = owner.getResourceAsStream(resource)) {
      return new DocumentSchema(new JsonMapper().readTree(Objects.requireNonNull(json, resource)));
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
  }

  /**
   * Refuses a document that is not as the schema says.
   *
   * @param name the document's name, for messages
   * @throws InvalidInputException when it is not; the message names place, value and what is
   *     allowed
   */
  void require(String name, JsonNode document) {
    schema.validate(document).stream()
        .min(Comparator.comparingInt(DocumentSchema::rank))
        .ifPresent(
            error -> {
              throw new InvalidInputException("%s: %s".formatted(name, sentence(error)));
            });
  }

  /** Another version explains everything else, and a misspelt key explains a missing one. */
  private static int rank(Error error) {
    if (error.getKeyword().equals("const")) {
      return 0;
    }
    return error.getKeyword().equals("additionalProperties") ? 1 : 2;
  }

  private String sentence(Error error) {
    JsonPointer place = JsonPointer.compile(error.getInstanceLocation().toString());
    JsonPointer keyword = JsonPointer.compile(error.getSchemaLocation().getFragment().toString());
    JsonNode subschema = text.at(keyword.head());
    return switch (error.getKeyword()) {
      case "additionalProperties" ->
          "%s is not a known key; allowed are %s."
              .formatted(
                  place.appendProperty(error.getProperty()), names(subschema.path("properties")));
      case "required" ->
          "%s is missing; it must be there.".formatted(place.appendProperty(error.getProperty()));
      default ->
          "%s is %s; allowed is %s."
              .formatted(
                  place.matches() ? "the document" : place,
                  shown(error.getInstanceNode()),
                  allowed(subschema));
    };
  }

  private static String allowed(JsonNode subschema) {
    if (subschema.has("const")) {
      return subschema.path("const").asText();
    }
    if (subschema.has("enum")) {
      List<String> values = new ArrayList<>();
      subschema.path("enum").forEach(value -> values.add(value.asText()));
      return String.join(", ", values);
    }
    return subschema.path("description").asText();
  }

  private static String names(JsonNode properties) {
    List<String> names = new ArrayList<>();
    properties.fieldNames().forEachRemaining(names::add);
    return String.join(", ", names);
  }

  /** A value as a refusal shows it: on one line, and not all of a long one. */
  public static String shown(JsonNode value) {
    String json = value.toString();
    String text = value.isTextual() ? "'" + json.substring(1, json.length() - 1) + "'" : json;
    return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
  }
}
