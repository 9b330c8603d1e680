package io.plumbline.matrix.defect;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.oracle.Check;
import io.plumbline.matrix.registry.Strategy;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefectsTest {

  @Test
  void idsAreUniqueAndDescriptionsAreSentences() {
    List<Defect> defects = Defects.all();
    assertThat(defects).extracting(Defect::id).doesNotHaveDuplicates();
    assertThat(defects).allSatisfy(d -> assertThat(d.id()).matches("[a-z0-9]+(-[a-z0-9]+)*"));
    assertThat(defects)
        .allSatisfy(d -> assertThat(d.description()).matches("[A-Z].*\\.").doesNotContain("|"));
  }

  @Test
  void thereAreAsManyAsPromised() {
    assertThat(Defects.all()).hasSizeGreaterThanOrEqualTo(30);
  }

  @Test
  void everyStrategyIsBittenBySeveral() {
    assertThat(Strategy.values())
        .allSatisfy(
            strategy ->
                assertThat(Defects.all().stream().filter(d -> d.strategies().contains(strategy)))
                    .hasSizeGreaterThan(10));
  }

  @Test
  void everyCheckHasADefectThatItMustKill() {
    // A guide is no part of a move; GuidedRunTest falsifies it.
    assertThat(Arrays.stream(Check.values()).filter(check -> check != Check.GUIDE))
        .allSatisfy(
            check ->
                assertThat(Defects.all().stream().filter(d -> d.check() == check))
                    .as(check.id())
                    .isNotEmpty());
  }
}
