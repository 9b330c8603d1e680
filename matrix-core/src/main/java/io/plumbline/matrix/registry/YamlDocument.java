package io.plumbline.matrix.registry;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads what users write: one YAML document, each key once, without anchors, aliases and tags, as
 * its schema says.
 */
final class YamlDocument {
  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** Far above any honest document. */
  private static final int MOST_BYTES = 1_000_000;

  private YamlDocument() {}

  /**
   * Reads a document.
   *
   * @param name its name, for messages
   * @throws InvalidInputException when it is not as it must be; the message names line or place,
   *     value and what is allowed
   */
  static JsonNode read(String name, InputStream yaml, DocumentSchema schema) {
    try {
      byte[] text = yaml.readNBytes(MOST_BYTES + 1);
      if (text.length > MOST_BYTES) {
        throw new InvalidInputException(
            "%s is longer than %d bytes; allowed is one YAML document of at most that."
                .formatted(name, MOST_BYTES));
      }
      requirePlain(name, text);
      JsonNode document = YAML.readTree(text);
      if (document.isMissingNode()) {
        throw new InvalidInputException(
            "%s is empty; allowed is one YAML document.".formatted(name));
      }
      schema.require(name, document);
      return document;
    } catch (JsonProcessingException e) {
      throw e.getCause() instanceof MarkedYAMLException syntax
          ? notValid(name, syntax.getProblemMark().getLine() + 1, syntax.getProblem(), e)
          : notValid(name, line(e.getLocation()), e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new InvalidInputException("%s cannot be read: %s.".formatted(name, e.getMessage()), e);
    }
  }

  /** An alias would be read as the anchor's name, and many of them can be a bomb. */
  private static void requirePlain(String name, byte[] text) throws IOException {
    try (YAMLParser parser = YAML.getFactory().createParser(text)) {
      while (parser.nextToken() != null) {
        if (parser.isCurrentAlias() || parser.getObjectId() != null || parser.getTypeId() != null) {
          throw new InvalidInputException(
              "%s: line %d has an anchor, an alias or a tag; allowed are plain values."
                  .formatted(name, line(parser.currentTokenLocation())));
        }
      }
    }
  }

  private static InvalidInputException notValid(
      String name, int line, String problem, IOException cause) {
    return new InvalidInputException(
        "%s: %s is not valid: %s; allowed is one YAML document, each key once."
            .formatted(
                name,
                line > 0 ? "line " + line : "the document",
                problem.lines().findFirst().orElse("")),
        cause);
  }

  private static int line(@Nullable JsonLocation location) {
    return location == null ? 0 : location.getLineNr();
  }
}
