package io.plumbline.matrix.run;

import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Family;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A system of a run: there is one of each family, or of each version of it that was asked for.
 *
 * @param version empty for whichever there is
 */
record SystemKey(Family family, Optional<String> version) implements Comparable<SystemKey> {
  private static final Comparator<SystemKey> ORDER =
      Comparator.comparing(SystemKey::family).thenComparing(key -> key.version().orElse(""));

  static SystemKey ofSource(CaseId id) {
    return new SystemKey(id.source(), id.version(id.source()));
  }

  static SystemKey ofSink(CaseId id) {
    return new SystemKey(id.sink(), id.version(id.sink()));
  }

  static List<SystemKey> of(CaseId id) {
    return List.of(ofSource(id), ofSink(id));
  }

  @Override
  public int compareTo(SystemKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return family + version.map(told -> "-" + told).orElse("");
  }
}
