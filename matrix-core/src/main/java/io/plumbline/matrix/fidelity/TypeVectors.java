package io.plumbline.matrix.fidelity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.dataset.ValueDomain;
import io.plumbline.matrix.registry.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * Reads a file of vectors: JSON lines, one vector each, with the members {@code type}, {@code
 * name}, {@code value} and, where a human knows better than the declarations, {@code expect}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class TypeVectors {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private TypeVectors() {}

  /** A line of the file. */
  private record Line(String type, String name, String value, TreeMap<String, String> expect) {}

  /**
   * The vectors of a file, every logical type among them.
   *
   * @param file its name, for messages
   * @throws InvalidInputException when a line is wrong, or a type has no vector
   */
  public static List<TypeVector> read(String file, InputStream lines) {
    List<TypeVector> vectors = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8))) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        String place = file + ":" + number;
        TypeVector vector = vector(place, line);
        if (!ids.add(vector.id())) {
          throw new InvalidInputException(
              "%s: the vector %s is there twice; give one another name."
                  .formatted(place, vector.id()));
        }
        vectors.add(vector);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    requireEveryType(file, vectors);
    return List.copyOf(vectors);
  }

  private static void requireEveryType(String file, List<TypeVector> vectors) {
    Set<LogicalType> missing = EnumSet.allOf(LogicalType.class);
    vectors.forEach(vector -> missing.remove(vector.type()));
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          "%s has %d vectors and none of %s; every logical type needs one."
              .formatted(
                  file,
                  vectors.size(),
                  missing.stream().map(LogicalType::id).collect(Collectors.joining(", "))));
    }
  }

  private static TypeVector vector(String place, String text) {
    Line line;
    try {
      line = JSON.readValue(text, Line.class);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          "%s: %s; allowed is a JSON object with the texts type, name, value and an object expect of texts."
              .formatted(place, e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    }
    if (line == null || line.type() == null || line.name() == null || line.value() == null) {
      throw new InvalidInputException(
          "%s: type, name or value is missing in %s; each line needs the three."
              .formatted(place, text));
    }
    if (!line.name().matches("[a-z0-9]+(_[a-z0-9]+)*")) {
      throw new InvalidInputException(
          "%s: the name '%s' is not allowed; allowed are lower-case letters, digits and single underscores."
              .formatted(place, line.name()));
    }
    LogicalType type =
        Arrays.stream(LogicalType.values())
            .filter(t -> t.id().equals(line.type()))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "%s: the type '%s' is not known; allowed are %s."
                            .formatted(
                                place,
                                line.type(),
                                Arrays.stream(LogicalType.values())
                                    .map(LogicalType::id)
                                    .collect(Collectors.joining(", ")))));
    Object value;
    try {
      value = CanonicalText.parse(type, line.value());
    } catch (InvalidInputException e) {
      throw new InvalidInputException(place + ": " + e.getMessage(), e);
    }
    if (!ValueDomain.edges(type).contains(value)) {
      throw new InvalidInputException(
          "%s: '%s' is no edge vector of %s; take one of the domain's, or add it there."
              .formatted(place, line.value(), type.id()));
    }
    return new TypeVector(
        type, line.name(), value, line.expect() == null ? new TreeMap<>() : line.expect());
  }
}
