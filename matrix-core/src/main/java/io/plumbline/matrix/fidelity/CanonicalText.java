package io.plumbline.matrix.fidelity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TextForm;
import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.Bytes;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.oracle.FidelityRules;
import io.plumbline.matrix.registry.InvalidInputException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Canonical values as they are written in a file of vectors: numbers in digits, floats as Java
 * reads them, times in ISO-8601, bytes in hexadecimal digits, arrays in JSON, text as it is.
 */
final class CanonicalText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<Class<?>, Function<String, Object>> READERS =
      Map.ofEntries(
          Map.entry(Long.class, Long::valueOf),
          Map.entry(BigInteger.class, BigInteger::new),
          Map.entry(BigDecimal.class, BigDecimal::new),
          Map.entry(Double.class, Double::valueOf),
          Map.entry(Float.class, Float::valueOf),
          Map.entry(Boolean.class, CanonicalText::truth),
          Map.entry(String.class, text -> text),
          Map.entry(Bytes.class, Bytes::ofHex),
          Map.entry(UUID.class, UUID::fromString),
          Map.entry(LocalDate.class, LocalDate::parse),
          Map.entry(LocalTime.class, LocalTime::parse),
          Map.entry(LocalDateTime.class, LocalDateTime::parse),
          Map.entry(OffsetDateTime.class, OffsetDateTime::parse),
          Map.entry(List.class, CanonicalText::array));

  private CanonicalText() {}

  /**
   * The value that a text stands for.
   *
   * @throws InvalidInputException when the type has no such value
   */
  static Object parse(LogicalType type, String text) {
    Function<String, Object> reader = READERS.get(type.canonical());
    if (reader == null) {
      throw new IllegalStateException("No notation of " + type.canonical());
    }
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw new InvalidInputException(
          "'%s' is no value of %s; it is written as a %s."
              .formatted(text, type.id(), type.canonical().getSimpleName()),
          e);
    }
  }

  /** The text of a value in the form that its type travels in. */
  static String of(LogicalType type, Object value) {
    TextForm form =
        Arrays.stream(TextForm.values())
            .filter(each -> each.fits(type))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("No text form of " + type.id()));
    Declaration asText = new Declaration(type, "", new Fidelity.AsText(form));
    return (String) Objects.requireNonNull(FidelityRules.apply(asText, value));
  }

  private static boolean truth(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(text);
    }
    return Boolean.parseBoolean(text);
  }

  private static Object array(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      if (!node.isArray()) {
        throw new IllegalArgumentException(text);
      }
      return list(node);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static List<?> list(JsonNode array) {
    List<@Nullable Object> elements = new ArrayList<>();
    array.forEach(element -> elements.add(element(element)));
    return Collections.unmodifiableList(elements);
  }

  private static @Nullable Object element(JsonNode element) {
    if (element.isArray()) {
      return list(element);
    }
    if (element.isNull()) {
      return null;
    }
    return element.isIntegralNumber() ? (Object) element.longValue() : element.textValue();
  }
}
