package io.plumbline.matrix.memory;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Inspector;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.SinkWriter;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.dataset.Column;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The in-memory sink of one case. */
final class MemorySink implements Sink {
  private static final Comparator<StoredRow> READ_ORDER =
      Comparator.comparing(StoredRow::key)
          .thenComparing(row -> row.validity() == null ? LocalDateTime.MIN : row.validity().from());

  private final CaseScope scope;
  private final RowConverter converter;
  private final Supplier<MemoryTarget> create;
  private @Nullable MemoryTarget target;

  MemorySink(CaseScope scope, RowConverter converter, Supplier<MemoryTarget> create) {
    this.scope = scope;
    this.converter = converter;
    this.create = create;
  }

  @Override
  public SinkWriter writer() {
    return plan -> {
      MemoryTarget existing = target;
      if (existing == null) {
        existing = create.get();
        target = existing;
      }
      return new MemoryLoad(plan, converter, existing);
    };
  }

  @Override
  public Inspector inspector() {
    return new MemoryInspector();
  }

  @Override
  public void close() {
    target = null;
  }

  private static final class MemoryLoad implements Load {
    private final LoadPlan plan;
    private final RowConverter converter;
    private final MemoryTarget target;
    private final List<MemoryTarget.Staged> staged = new ArrayList<>();

    MemoryLoad(LoadPlan plan, RowConverter converter, MemoryTarget target) {
      this.plan = plan;
      this.converter = converter;
      this.target = target;
    }

    @Override
    public void write(RowBatch batch) {
      for (int i = 0; i < batch.size(); i++) {
        Object[] row = batch.row(i);
        boolean delete = batch.op(i) == Op.DELETE;
        staged.add(
            new MemoryTarget.Staged(
                batch.op(i), delete ? new Object[] {row[Column.ID]} : converter.copy(row)));
      }
    }

    @Override
    public void publish() {
      target.publish(plan, staged);
    }

    @Override
    public LoadTotals held() {
      Set<Long> deleted =
          staged.stream()
              .filter(row -> row.op() == Op.DELETE)
              .map(row -> (Long) row.cells()[Column.ID])
              .collect(Collectors.toSet());
      Held held = new Held(plan.loadId(), deleted);
      target.rows(held);
      return new LoadTotals(held.rows, held.keys, held.amounts, held.deletesPresent);
    }

    private static final class Held implements Consumer<StoredRow> {
      private final String loadId;
      private final Set<Long> deleted;
      private long rows;
      private long keys;
      private long deletesPresent;
      private BigDecimal amounts = BigDecimal.ZERO;

      Held(String loadId, Set<Long> deleted) {
        this.loadId = loadId;
        this.deleted = deleted;
      }

      @Override
      public void accept(StoredRow row) {
        if (!row.live()) {
          return;
        }
        if (row.loadId().equals(loadId)) {
          rows++;
          keys += row.key();
          amounts = amounts.add((BigDecimal) row.cells()[Column.AMOUNT]);
        } else if (!deleted.isEmpty() && deleted.contains(row.key())) {
          deletesPresent++;
        }
      }
    }

    @Override
    public void close() {
      staged.clear();
    }
  }

  private final class MemoryInspector implements Inspector {

    @Override
    public Observability observability() {
      return create.get().observability();
    }

    @Override
    public List<String> columns() {
      if (target == null) {
        return List.of();
      }
      return Stream.concat(
              scope.columns().stream().filter(ColumnContract::atTarget).map(c -> c.column().name()),
              scope.layout() == TargetLayout.HISTORY
                  ? Stream.of("valid_from", "valid_to", "is_current")
                  : Stream.empty())
          .toList();
    }

    @Override
    public void rows(RowVisitor visitor) {
      if (target == null) {
        return;
      }
      List<StoredRow> rows = new ArrayList<>();
      target.rows(rows::add);
      if (!inOrder(rows)) {
        rows.sort(READ_ORDER);
      }
      for (StoredRow row : rows) {
        visitor.row(row.cells(), row.token(), row.validity());
      }
    }

    private static boolean inOrder(List<StoredRow> rows) {
      long before = Long.MIN_VALUE;
      for (StoredRow row : rows) {
        long key = row.key();
        if (key <= before) {
          return false;
        }
        before = key;
      }
      return true;
    }

    @Override
    public long physicalRows() {
      return target == null ? 0 : target.physicalRows();
    }

    @Override
    public Optional<OperationCounts> operations() {
      return target == null ? Optional.empty() : target.operations();
    }

    @Override
    public void events(long fromOffset, EventVisitor visitor) {
      if (target != null) {
        target.events(fromOffset, visitor);
      }
    }

    @Override
    public long endOffset() {
      return target == null ? 0 : target.endOffset();
    }
  }
}
