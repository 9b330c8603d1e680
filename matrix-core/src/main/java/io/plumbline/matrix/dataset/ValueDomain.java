package io.plumbline.matrix.dataset;

import java.util.List;

/** Placeholder until the domains land. */
final class ValueDomain {
  private final long seed;

  ValueDomain(long seed) {
    this.seed = seed;
  }

  List<Object> values(LogicalType type) {
    return List.of(type.id(), type.id() + seed);
  }
}
