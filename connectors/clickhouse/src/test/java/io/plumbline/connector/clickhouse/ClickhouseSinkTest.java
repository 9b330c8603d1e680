package io.plumbline.connector.clickhouse;

import static io.plumbline.connector.tck.Cases.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.connector.tck.TableContract;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Inspector.Observability;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.Column;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clickhouse.class)
final class ClickhouseSinkTest extends TableContract {
  private final ClickhouseSystem system;

  ClickhouseSinkTest(ClickhouseSystem system) {
    super(
        new ClickhouseConnector(),
        new ClickhouseConnector().sinkTypes(),
        system,
        new Observability(true, false, false));
    this.system = system;
  }

  @Override
  protected boolean mergeRewritesEqualRows() {
    return true;
  }

  @Override
  protected Optional<Refusal> refusalOfAKeyTwice() {
    return Optional.empty();
  }

  @Override
  protected void assertNothingIsStaged(CaseScope scope) {
    assertThat(
            system
                .server()
                .rows(
                    "SELECT name FROM system.tables WHERE database = '%s'"
                        .formatted(CaseNames.sink(scope).database())))
        .containsExactly(List.of(CaseNames.TABLE));
  }

  @Test
  void mergesInTheBackgroundChangeNothingThatIsSeen() {
    try (Sink sink = sink(TargetLayout.KEYED)) {
      loadAll(sink, snapshot(1, 10), snapshot(2, 20), snapshot(3, 30));
      load(sink, plan("2", WriteAction.MERGE), update(2, 21), delete(3), insert(4, 40));
      Map<Long, Long> before = tokens(sink);
      // The three, a version each of two, and a deletion.
      assertThat(sink.inspector().physicalRows()).isEqualTo(6);

      system
          .server()
          .execute(
              "OPTIMIZE TABLE %s FINAL"
                  .formatted(CaseNames.sink(scope(TargetLayout.KEYED)).table()));

      assertThat(tokens(sink)).isEqualTo(before);
      assertThat(texts(sink)).containsExactly("1=0.0010", "2=0.0021", "4=0.0040");
      assertThat(sink.inspector().physicalRows()).as("merged").isLessThan(6);
      load(sink, plan("3", WriteAction.MERGE), insert(3, 31));
      assertThat(texts(sink)).containsExactly("1=0.0010", "2=0.0021", "3=0.0031", "4=0.0040");
    }
  }

  @Test
  void aWindowThatWasReplacedIsNewerThanWhatWasMergedBefore() {
    try (Sink sink = sink(TargetLayout.KEYED)) {
      loadAll(sink, snapshot(1, 10));
      load(sink, plan("2", WriteAction.MERGE), update(1, 11));
      // The key has moved to another day, and its old version lies in a day that stays.
      LocalDate other = LocalDate.of(2026, 6, 2);
      load(sink, plan("3", WriteAction.REPLACE_WINDOW, other), change(Op.REPLACE, 1, 12, other));
      assertThat(texts(sink)).containsExactly("1=0.0012");
    }
  }

  @Test
  void nullWhereNothingMayBeMissingIsTheProductsFailure() {
    try (Sink sink = sink(TargetLayout.KEYED);
        Load load = sink.writer().begin(plan("1", WriteAction.REPLACE_ALL))) {
      Change change = snapshot(1, 10);
      change.row()[Column.BUSINESS_DATE] = null;
      assertThatThrownBy(() -> load.write(batch(change)))
          .isInstanceOf(ClickhouseException.class)
          .hasMessageContaining("must not be NULL");
    }
  }

  @Test
  void whatTheServerRefusesIsTheProductsFailure() {
    assertThatThrownBy(() -> system.server().execute("SELECT nonsense"))
        .isInstanceOf(ClickhouseException.class)
        .hasMessageContaining("Code: 47");
  }
}
