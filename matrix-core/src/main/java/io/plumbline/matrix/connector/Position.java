package io.plumbline.matrix.connector;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apiguardian.api.API;

/** Where a reader stands; only the reader that made it knows what its entries mean. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Position(SortedMap<String, String> values) {

  /** Keeps an unmodifiable copy. */
  public Position {
    values = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** A position without entries. */
  public static Position none() {
    return new Position(new TreeMap<>());
  }

  /** A position of the given entries. */
  public static Position of(Map<String, String> values) {
    return new Position(new TreeMap<>(values));
  }

  /**
   * The value of an entry.
   *
   * @throws io.plumbline.matrix.registry.InvalidInputException when there is none
   */
  public String require(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new io.plumbline.matrix.registry.InvalidInputException(
          "The stored position has no entry '%s'; it has %s.".formatted(name, values.keySet()));
    }
    return value;
  }
}
