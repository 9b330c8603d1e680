package io.plumbline.matrix.run;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.StartedEndpoint;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.SystemInfo;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A system that was started for the run and reached like one that was there before.
 *
 * @param system as the connector sees it
 * @param started what was started for it
 */
record StartedSystem(RunningSystem system, StartedEndpoint started) implements RunningSystem {
  private static final Pattern NUMBERS = Pattern.compile("\\d+(\\.\\d+)*");

  /** Connects; what was started goes again when that fails. */
  static StartedSystem of(Connector connector, StartedEndpoint started) {
    try {
      return new StartedSystem(connector.connect(started.endpoint()), started);
    } catch (RuntimeException | LinkageError e) {
      try (started) {
        throw e;
      }
    }
  }

  /**
   * Refuses a system that says it is of another version; it goes again. Compared are as many
   * numbers as both have, and none with a system that says something else than its version.
   *
   * @param told a version, whatever else is behind it, e.g. {@code 16.4-alpine}
   */
  void requireVersion(String told) {
    SystemInfo info = info();
    List<String> wanted = numbers(told);
    List<String> actual = numbers(info.version());
    int both = Math.min(wanted.size(), actual.size());
    if (!wanted.subList(0, both).equals(actual.subList(0, both))) {
      try (this) {
        throw new SystemFailureException(
            info.family(),
            "version %s was asked for, and what was started says that it is %s %s"
                .formatted(told, info.product(), info.version()));
      }
    }
  }

  private static List<String> numbers(String version) {
    Matcher numbers = NUMBERS.matcher(version);
    return numbers.lookingAt() ? List.of(numbers.group().split("\\.", -1)) : List.of();
  }

  @Override
  public SystemInfo info() {
    return started.info(system.info());
  }

  @Override
  public Optional<String> missing(Feature feature) {
    return system.missing(feature);
  }

  @Override
  public Source openSource(CaseScope scope) {
    return system.openSource(scope);
  }

  @Override
  public Sink openSink(CaseScope scope) {
    return system.openSink(scope);
  }

  @Override
  public void close() {
    try (started) {
      system.close();
    }
  }
}
