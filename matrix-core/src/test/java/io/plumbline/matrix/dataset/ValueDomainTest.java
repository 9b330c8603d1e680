package io.plumbline.matrix.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValueDomainTest {
  private final ValueDomain domain = new ValueDomain(Volume.DEFAULT.seed());

  @ParameterizedTest
  @EnumSource(LogicalType.class)
  void valuesAreManyDistinctAndOfTheDeclaredClass(LogicalType type) {
    List<Object> values = domain.values(type);
    int least =
        switch (type) {
          case BOOLEAN -> 2;
          case ENUM_TEXT -> 6;
          default -> 128;
        };
    assertThat(values).hasSize(least).allMatch(type.canonical()::isInstance);
    Set<Object> distinct = new HashSet<>(values);
    assertThat(distinct).hasSameSizeAs(values);
  }
}
