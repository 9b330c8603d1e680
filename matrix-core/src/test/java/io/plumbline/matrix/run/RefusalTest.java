package io.plumbline.matrix.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.mover.MoveRequest;
import io.plumbline.matrix.mover.PhaseLedger;
import io.plumbline.matrix.mover.ReferenceMover;
import io.plumbline.matrix.mover.RowChecksum;
import io.plumbline.matrix.mover.StrategyRejectedException;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.Strategy;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the reference mover says when a combination is impossible. */
class RefusalTest {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 3);

  private static void move(Set<Feature> ofSource, Set<Feature> ofSink) {
    Untouchable untouchable = new Untouchable();
    new ReferenceMover(RowChecksum::new)
        .move(
            new MoveRequest(
                new CaseId(new Family("left"), new Family("right"), Strategy.SCD2),
                ofSource,
                ofSink,
                untouchable,
                untouchable,
                untouchable,
                new PhaseLedger(InstantSource.system(), entry -> {}),
                new MoveRequest.Parameters(
                    LocalDateTime.of(2026, 6, 4, 0, 0), DAY, List.of(DAY), 1)));
  }

  @Test
  void theNearestStrategyIsRecommended() {
    assertThatThrownBy(
            () -> move(Set.of(Feature.SNAPSHOT), Set.of(Feature.MERGE, Feature.REPLACE_ALL)))
        .isInstanceOf(StrategyRejectedException.class)
        .hasMessage(
            "Strategy scd2 is impossible because sink right does not offer history; use snapshot_diff instead.");
  }

  @Test
  void whereThatIsImpossibleTooItIsAFullRefresh() {
    assertThatThrownBy(() -> move(Set.of(Feature.SNAPSHOT), Set.of(Feature.REPLACE_ALL)))
        .hasMessageEndingWith("does not offer history; use full_refresh instead.");
  }

  @Test
  void whereNothingIsPossibleNothingIsRecommended() {
    assertThatThrownBy(() -> move(Set.of(), Set.of()))
        .hasMessageEndingWith("; nothing else is possible either.");
  }
}
