package io.plumbline.matrix.mover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class PhaseLedgerTest {
  private final PhaseLedger ledger =
      new PhaseLedger(InstantSource.fixed(Instant.EPOCH), entry -> {});

  private void run(String unit) {
    ledger.begin(unit, Phase.EXTRACT);
    ledger.begin(unit, Phase.LOAD);
    ledger.end(unit, Phase.EXTRACT, 1, 1, "");
    ledger.end(unit, Phase.LOAD, 1, 1, "");
    ledger.begin(unit, Phase.RECONCILE);
    ledger.end(unit, Phase.RECONCILE, 1, 0, "");
    ledger.begin(unit, Phase.STATE_COMMIT);
    ledger.end(unit, Phase.STATE_COMMIT, 0, 0, "");
  }

  @Test
  void loadMayBeginWhileExtractStillReads() {
    run("2026-06-01");
    run("2026-06-02");

    assertThat(ledger.entries())
        .extracting(PhaseLedger.Entry::phase)
        .containsExactly(
            Phase.EXTRACT,
            Phase.LOAD,
            Phase.RECONCILE,
            Phase.STATE_COMMIT,
            Phase.EXTRACT,
            Phase.LOAD,
            Phase.RECONCILE,
            Phase.STATE_COMMIT);
  }

  @Test
  void noOtherOrderIsAccepted() {
    assertThatThrownBy(() -> ledger.begin("load", Phase.LOAD))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Phase load of 'load' cannot begin now");
    ledger.begin("load", Phase.EXTRACT);
    ledger.begin("load", Phase.LOAD);
    assertThatThrownBy(() -> ledger.end("load", Phase.LOAD, 0, 0, ""))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> ledger.begin("load", Phase.RECONCILE))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> ledger.begin("load", Phase.EXTRACT))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> ledger.begin("another", Phase.EXTRACT))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aFinishedUnitDoesNotBeginAgain() {
    run("load");

    assertThatThrownBy(() -> ledger.begin("load", Phase.EXTRACT))
        .isInstanceOf(IllegalStateException.class);
  }
}
