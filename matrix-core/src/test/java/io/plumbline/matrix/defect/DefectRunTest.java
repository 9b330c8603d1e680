package io.plumbline.matrix.defect;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.defect.DefectRun.Extent;
import io.plumbline.matrix.oracle.Check;
import io.plumbline.matrix.registry.Strategy;
import io.plumbline.matrix.run.PlainConnector;
import io.plumbline.matrix.run.StandardRunTest;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefectRunTest {
  private static final Volume SMALL =
      new Volume(600, new BigDecimal("0.20"), new BigDecimal("0.05"), 120, 7);

  private static KillTable run(Extent extent, Defect... defects) {
    return new DefectRun(StandardRunTest.cube(), PlainConnector.ofTheCube(), SMALL, 2)
        .run(List.of(defects), extent);
  }

  private static Fault harmless() {
    return (mover, columns) -> mover;
  }

  @Test
  void aDefectThatDoesNothingSurvivesAndIsAProblem() {
    KillTable table =
        run(
            Extent.CASE_PER_STRATEGY,
            Defect.of("no-op", "Nothing.", Check.CONTENT, harmless(), Strategy.CDC));

    assertThat(table.killed()).isZero();
    assertThat(table.defects().get(0).survived()).hasSize(1);
    assertThat(table.problems())
        .singleElement()
        .asString()
        .contains("no-op survived in", "no check failed, content should have");
  }

  @Test
  void aDefectThatOnlyAnotherCheckSeesIsAProblemThatNamesTheCheck() {
    Fault refused = Fault.onRequest(r -> r.withFeatures(java.util.Set.of(), java.util.Set.of()));
    KillTable table =
        run(
            Extent.CASE_PER_STRATEGY,
            Defect.of("mislabelled", "Refused.", Check.EVENT_ORDER, refused, Strategy.SCD2));

    KillTable.Line line = table.defects().get(0);
    assertThat(line.killed()).isZero();
    assertThat(line.killedByOther().values().stream().flatMap(List::stream))
        .contains("move_completed");
    assertThat(table.problems())
        .singleElement()
        .asString()
        .contains("mislabelled survived its check event_order", "move_completed");
  }

  @Test
  void aMoverThatCrashesProvesNothingAboutTheCheckThatFindsAnEmptyTarget() {
    Fault crash =
        (mover, columns) ->
            request -> {
              throw new UnsupportedOperationException("the defect itself is broken");
            };
    KillTable table =
        run(
            Extent.CASE_PER_STRATEGY,
            Defect.of("crash", "Crashes.", Check.ROW_COUNT, crash, Strategy.REPLACE));

    assertThat(table.defects().get(0).killed()).isZero();
    assertThat(table.problems()).hasSize(1);
  }

  @Test
  void aDefectThatIsPlantedNowhereIsAProblem() {
    KillTable table =
        run(
            Extent.EVERY_CASE,
            Defect.of("nowhere", "Nowhere.", Check.CONTENT, harmless()).only(c -> false));

    assertThat(table.problems()).containsExactly("Defect nowhere was planted in no case.");
  }

  @Test
  void noDefectsAtAllAreAProblem() {
    assertThat(run(Extent.EVERY_CASE).problems()).containsExactly("No defect was run.");
  }

  @Test
  void everyDefectIsKilledByItsOwnCheckOnceAStrategy() {
    KillTable table = run(Extent.CASE_PER_STRATEGY, Defects.all().toArray(Defect[]::new));

    assertThat(table.problems()).isEmpty();
    assertThat(table.killed()).isEqualTo(table.cases());
  }
}
