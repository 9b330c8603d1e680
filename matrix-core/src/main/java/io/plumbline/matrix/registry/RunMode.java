package io.plumbline.matrix.registry;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/** On what a run's systems live. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public enum RunMode {
  /** In memory: no service, no credential. */
  MOCK_CONTRACT,
  /** Real engines embedded in or started by the build, no Docker. */
  MOCK_LOCAL,
  /** Containers, or external endpoints by configuration. */
  REAL_LOCAL;

  /** The name used in settings and folders, e.g. {@code mock_contract}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The mode of an id.
   *
   * @throws InvalidInputException when there is none of that id
   */
  public static RunMode of(String id) {
    return Arrays.stream(values())
        .filter(m -> m.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "Unknown run mode '%s'; allowed are %s."
                        .formatted(
                            id,
                            Arrays.stream(values())
                                .map(RunMode::id)
                                .collect(Collectors.joining(", ")))));
  }
}
