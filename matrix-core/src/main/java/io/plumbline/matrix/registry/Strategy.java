package io.plumbline.matrix.registry;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/** A load strategy: how rows are read from a source and how they become the target. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public enum Strategy {
  FULL_REFRESH,
  INCREMENTAL_APPEND,
  INCREMENTAL_MERGE,
  REPLACE,
  SNAPSHOT_DIFF,
  PARTITION_REPLACE,
  SCD2,
  BACKFILL,
  XMIN,
  CDC;

  private final String id = name().toLowerCase(java.util.Locale.ROOT);

  /** The name used in case ids, registry files and settings, e.g. {@code full_refresh}. */
  public String id() {
    return id;
  }

  /**
   * The strategy of an id.
   *
   * @throws InvalidInputException when there is none of that id
   */
  public static Strategy of(String id) {
    return Arrays.stream(values())
        .filter(s -> s.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "Unknown strategy '%s'; allowed are %s."
                        .formatted(
                            id,
                            Arrays.stream(values())
                                .map(Strategy::id)
                                .collect(Collectors.joining(", ")))));
  }

  @Override
  public String toString() {
    return id;
  }
}
