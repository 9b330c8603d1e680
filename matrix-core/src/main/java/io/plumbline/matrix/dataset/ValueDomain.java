package io.plumbline.matrix.dataset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * The values of every logical type: edge vectors first, then realistic ones drawn from the seed.
 *
 * <p>Values of a type differ by {@link Object#equals} and by their text, so that a system that
 * stores text cannot make two of them equal. Nothing here depends on the default locale (so numbers
 * are formatted with {@code %s}, never {@code %d}), on the default time zone or on the JDK's
 * version.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ValueDomain {
  private static final int SIZE = 96;

  /** Bounds the search for new values where a type has fewer than {@link #SIZE}. */
  private static final int ATTEMPTS = 20 * SIZE;

  private final long seed;

  /** The values that a seed draws; the edge vectors are the same for every seed. */
  public ValueDomain(long seed) {
    this.seed = seed;
  }

  /** The values most likely to be mistreated, which every seed's domain begins with. */
  public static List<Object> edges(LogicalType type) {
    return List.copyOf(recipe(type).edges());
  }

  /** All values of a type, edge vectors first; no two are equal or have the same text. */
  public List<Object> values(LogicalType type) {
    Recipe recipe = recipe(type);
    Draw draw = new Draw(Mix.of(seed, type.id().hashCode()));
    List<Object> values = new ArrayList<>();
    Set<String> texts = new HashSet<>();
    for (Object edge : recipe.edges()) {
      if (!texts.add(text(edge))) {
        throw new IllegalStateException("%s lists %s twice.".formatted(type.id(), edge));
      }
      values.add(edge);
    }
    if (values.size() > SIZE) {
      throw new IllegalStateException(
          "%s lists %d edges; %d is the most.".formatted(type.id(), values.size(), SIZE));
    }
    for (int attempt = 0; attempt < ATTEMPTS && values.size() < SIZE; attempt++) {
      Object value = recipe.realistic().apply(draw);
      if (texts.add(text(value))) {
        values.add(value);
      }
    }
    return List.copyOf(values);
  }

  private static Recipe recipe(LogicalType type) {
    return switch (type.group()) {
      case NUMERIC, CLICKHOUSE_LIKE ->
          type == LogicalType.DATETIME64_9 ? TemporalValues.of(type) : NumericValues.of(type);
      case TEMPORAL -> TemporalValues.of(type);
      case TEXT -> TextValues.of(type);
      case BINARY_AND_BIT -> BinaryValues.of(type);
      case SEMI_STRUCTURED -> StructuredValues.of(type);
      case ARRAY_AND_RANGE -> ArrayValues.of(type);
      case SPATIAL -> SpatialValues.of(type);
      case NETWORK -> NetworkValues.of(type);
      case SYSTEM -> SystemValues.of(type);
    };
  }

  private static String text(Object value) {
    return value instanceof List<?> list ? JsonText.array(list) : value.toString();
  }
}
