package io.plumbline.matrix.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.registry.Family;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a small connector need not write. */
class ConnectorDefaultsTest {
  private static final List<Column> COLUMNS =
      new Dataset(new Volume(1, BigDecimal.ZERO, BigDecimal.ZERO, 12, 1)).columns();

  /** Plays one role, and supports no doubles. */
  private record OneRole(TypeMapping.Role role) implements Connector {
    @Override
    public Family family() {
      return new Family("small");
    }

    @Override
    public Set<Feature> features() {
      return Set.of(role == TypeMapping.Role.SOURCE ? Feature.SNAPSHOT : Feature.REPLACE_ALL);
    }

    TypeMapping types() {
      TypeMapping.Builder types = TypeMapping.of(family(), role);
      for (LogicalType type : LogicalType.values()) {
        if (type == LogicalType.DOUBLE) {
          types.unsupported(type, "it has no floats");
        } else {
          types.exact(type, "native_" + type.id());
        }
      }
      return types.build();
    }

    List<ColumnContract> contracts() {
      return ColumnContract.of(COLUMNS, types(), types());
    }
  }

  @Test
  void aDefinitionListsTheSupportedColumnsWithTheirTypes() {
    OneRole source = new OneRole(TypeMapping.Role.SOURCE);
    assertThat(source.sourceDefinition("t", source.contracts()))
        .startsWith("t\n  id native_bigint\n  business_date native_date\n")
        .doesNotContain("double");
    OneRole sink = new OneRole(TypeMapping.Role.SINK);
    assertThat(sink.targetDefinition("t", sink.contracts(), TargetLayout.HISTORY))
        .startsWith("t (HISTORY)\n  id native_bigint\n")
        .doesNotContain("double");
  }

  @Test
  void aRoleThatIsNotPlayedIsRefused() {
    Connector source = new OneRole(TypeMapping.Role.SOURCE);
    Connector sink = new OneRole(TypeMapping.Role.SINK);
    assertThatThrownBy(sink::sourceTypes).hasMessage("small is no source.");
    assertThatThrownBy(source::sinkTypes).hasMessage("small is no sink.");
    assertThatThrownBy(() -> sink.sourceDefinition("t", List.of()))
        .hasMessage("small is no source.");
    assertThatThrownBy(() -> source.targetDefinition("t", List.of(), TargetLayout.KEYED))
        .hasMessage("small is no sink.");
  }

  @Test
  void anExtractionOfAnIteratorFillsBatchesUntilThereAreNoMoreRows() {
    List<Object[]> rows = List.of(row(1), row(2), row(3));
    RowBatch batch = new RowBatch(2);
    List<Object> read = new ArrayList<>();
    try (Extraction extraction =
        Extraction.of(rows.iterator(), Op.UPDATE, Position.of(Map.of("at", "3")))) {
      while (extraction.read(batch)) {
        for (int i = 0; i < batch.size(); i++) {
          read.add(batch.op(i) + " " + batch.row(i)[Column.ID]);
        }
      }
      assertThat(batch.size()).isZero();
      assertThat(extraction.position().require("at")).isEqualTo("3");
    }
    assertThat(read).containsExactly("UPDATE 1", "UPDATE 2", "UPDATE 3");
  }

  @Test
  void changesThatWereNotCommittedAreRolledBackOnce() {
    List<String> calls = new ArrayList<>();
    Fixture.PendingChanges left =
        Fixture.PendingChanges.of(() -> calls.add("commit"), () -> calls.add("rollback"));
    left.close();
    left.close();
    assertThat(calls).containsExactly("rollback");
    calls.clear();
    try (Fixture.PendingChanges committed =
        Fixture.PendingChanges.of(() -> calls.add("commit"), () -> calls.add("rollback"))) {
      committed.commit();
    }
    assertThat(calls).containsExactly("commit");
  }

  @Test
  void theTotalsOfALoadAreAskedOfTheTarget() {
    Map<Long, Object[]> target = Map.of(1L, row(1), 2L, row(2), 4L, row(4));
    Map<Long, Op> written = Map.of(1L, Op.UPDATE, 2L, Op.DELETE, 3L, Op.INSERT);
    assertThat(LoadTotals.of(written, target::get))
        .as("key 2 is still there, key 3 never came, key 4 is of another load")
        .isEqualTo(new LoadTotals(1, 1, new BigDecimal("1.5"), 1));
  }

  @Test
  void anInspectorThatOnlyReadsRowsCountsThemAndObservesNothing() {
    Inspector inspector =
        new Inspector() {
          @Override
          public List<String> columns() {
            return List.of("id");
          }

          @Override
          public void rows(RowVisitor visitor) {
            visitor.row(row(1), 0, null);
            visitor.row(row(2), 0, null);
          }
        };
    assertThat(inspector.physicalRows()).isEqualTo(2);
    assertThat(inspector.observability())
        .isEqualTo(new Inspector.Observability(false, false, false));
    assertThat(inspector.operations()).isEmpty();
    assertThat(inspector.endOffset()).isZero();
  }

  private static @Nullable Object[] row(long key) {
    @Nullable Object[] row = new Object[Column.FIRST_WIDE];
    row[Column.ID] = key;
    row[Column.AMOUNT] = new BigDecimal("1.5");
    return row;
  }
}
