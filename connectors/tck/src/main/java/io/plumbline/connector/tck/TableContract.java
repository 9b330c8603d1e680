package io.plumbline.connector.tck;

import static io.plumbline.connector.tck.Cases.FIRST;
import static io.plumbline.connector.tck.Cases.SECOND;
import static io.plumbline.connector.tck.Cases.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Inspector.Observability;
import io.plumbline.matrix.connector.Inspector.Validity;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.WriteAction;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;

/**
 * A sink of tables: unlike a log it has a row once, shows what others did to the rows of a load,
 * and can keep a history of validities.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public abstract class TableContract extends SinkContract {
  private static final int ATTEMPTS = 2;

  /**
   * Tests of a system that runs.
   *
   * @param observability what its inspector sees beside the rows
   */
  protected TableContract(
      Connector connector,
      TypeMapping sinkTypes,
      RunningSystem system,
      Observability observability) {
    super(connector, sinkTypes, system, observability);
  }

  /**
   * How the product refuses two rows of one key in a load; empty where it takes them, and the
   * totals tell.
   */
  protected abstract Optional<Refusal> refusalOfAKeyTwice();

  /**
   * A product's refusal.
   *
   * @param by the class of the exception
   * @param says what its message contains
   */
  public record Refusal(Class<? extends RuntimeException> by, String says) {}

  @Test
  final void everyValueOfEveryTypeIsStoredAsDeclaredInAHistory() {
    assertStoredAsDeclared(WriteAction.HISTORY, TargetLayout.HISTORY);
  }

  @Test
  final void historyClosesAndOpensVersionsAlsoWhenRepeated() {
    Validity closed = new Validity(FIRST, SECOND, false);
    Validity opened = new Validity(SECOND, null, true);
    Validity untouched = new Validity(FIRST, null, true);
    try (Sink sink = sink(TargetLayout.HISTORY)) {
      loadAll(sink, snapshot(1, 10), snapshot(2, 20), snapshot(3, 30));
      long token = token(sink, 3);
      LoadPlan plan = plan("2", WriteAction.HISTORY);
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        LoadTotals held = load(sink, plan, update(1, 11), delete(2), insert(4, 40));
        assertHeld(held, 2, 5, 51, 0);
        List<Found> found = found(sink);
        assertThat(found)
            .extracting(Found::text)
            .containsExactly("1=0.0010", "1=0.0011", "2=0.0020", "3=0.0030", "4=0.0040");
        assertThat(found)
            .extracting(Found::validity)
            .containsExactly(closed, opened, closed, untouched, opened);
        assertThat(token(sink, 3)).isEqualTo(token);
      }
      assertThat(sink.inspector().columns()).endsWith("valid_from", "valid_to", "is_current");
    }
  }

  @Test
  final void whatSomebodyElseDidSinceIsSeenInTheTotals() {
    try (Sink sink = sink(TargetLayout.KEYED);
        Load load = sink.writer().begin(plan("1", WriteAction.MERGE))) {
      load.write(batch(insert(1, 10), delete(2)));
      load.publish();
      load(sink, plan("2", WriteAction.REPLACE_ALL), snapshot(1, 50_000), snapshot(2, 20));
      assertHeld(load.held(), 1, 1, 50_000, 1);
    }
  }

  @Test
  final void aKeyThatIsThereTwiceIsRefusedOrSeenInTheTotals() {
    try (Sink sink = sink(TargetLayout.KEYED)) {
      Change[] twice = {snapshot(1, 10), snapshot(1, 11)};
      Optional<Refusal> refusal = refusalOfAKeyTwice();
      if (refusal.isEmpty()) {
        assertHeld(loadAll(sink, twice), 1, 1, 11, 0);
        return;
      }
      assertThatThrownBy(() -> loadAll(sink, twice))
          .isInstanceOf(refusal.get().by())
          .isNotInstanceOf(SystemFailureException.class)
          .hasMessageContaining(refusal.get().says());
      assertThat(found(sink)).isEmpty();
    }
  }
}
