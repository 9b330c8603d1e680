package io.plumbline.matrix.registry;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.UnicodeReader;

/**
 * Reads what users write: one YAML document, each key once, without anchors, aliases and tags, as
 * its schema says.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class YamlDocument {
  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          // A number is handed on as it was written: 0.20 stays 0.20.
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
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
  public static JsonNode read(String name, InputStream yaml, DocumentSchema schema) {
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
    } catch (MarkedYAMLException e) {
      throw notValid(name, e.getProblemMark().getLine() + 1, e.getProblem(), e);
    } catch (ReaderException e) {
      String character = "character 0x%x at position %d";
      throw notValid(name, 0, character.formatted(e.getCodePoint(), e.getPosition()), e);
    } catch (YAMLException e) {
      throw notValid(name, 0, String.valueOf(e.getMessage()), e);
    } catch (JsonProcessingException e) {
      throw notValid(name, line(e.getLocation()), e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new InvalidInputException("%s cannot be read: %s.".formatted(name, e.getMessage()), e);
    }
  }

  /** An alias would be read as the anchor's name, and many of them can be a bomb. */
  private static void requirePlain(String name, byte[] text) {
    for (Event event : new Yaml().parse(new UnicodeReader(new ByteArrayInputStream(text)))) {
      boolean anchored = event instanceof NodeEvent node && node.getAnchor() != null;
      boolean tagged =
          (event instanceof ScalarEvent scalar && scalar.getTag() != null)
              || (event instanceof CollectionStartEvent start && start.getTag() != null);
      if (anchored || tagged) {
        throw new InvalidInputException(
            "%s: line %d has an anchor, an alias or a tag; allowed are plain values."
                .formatted(name, event.getStartMark().getLine() + 1));
      }
    }
  }

  private static InvalidInputException notValid(
      String name, int line, String problem, Exception cause) {
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
