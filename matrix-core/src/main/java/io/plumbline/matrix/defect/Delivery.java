package io.plumbline.matrix.defect;

import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.WriteAction;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A whole load: what a mover asked for and what it handed over, or what a faulty sink makes of it.
 *
 * @param plan what is asked of the writer
 * @param first true when the mover had no state yet
 * @param rows the rows in the order in which they were handed over
 */
record Delivery(LoadPlan plan, boolean first, List<RowOp> rows) {
  Delivery {
    rows = List.copyOf(rows);
  }

  Delivery with(List<RowOp> others) {
    return new Delivery(plan, first, others);
  }

  Delivery keeping(Predicate<RowOp> condition) {
    return with(rows.stream().filter(condition).toList());
  }

  Delivery mapping(UnaryOperator<RowOp> change) {
    return with(rows.stream().map(change).toList());
  }

  Delivery and(List<RowOp> more) {
    List<RowOp> all = new ArrayList<>(rows);
    all.addAll(more);
    return with(all);
  }

  /** The same rows by another action; only a replaced window has dates. */
  Delivery by(WriteAction action) {
    List<LocalDate> window = action == WriteAction.REPLACE_WINDOW ? plan.window() : List.of();
    return with(new LoadPlan(plan.loadId(), action, window, plan.effectiveAt()));
  }

  Delivery over(List<LocalDate> window) {
    return with(new LoadPlan(plan.loadId(), plan.action(), window, plan.effectiveAt()));
  }

  Delivery at(LocalDateTime effectiveAt) {
    return with(new LoadPlan(plan.loadId(), plan.action(), plan.window(), effectiveAt));
  }

  /** The same load under another id, as if it were not the same. */
  Delivery named(String suffix) {
    return with(
        new LoadPlan(plan.loadId() + suffix, plan.action(), plan.window(), plan.effectiveAt()));
  }

  Set<Long> keys() {
    return rows.stream().map(RowOp::key).collect(Collectors.toSet());
  }

  private Delivery with(LoadPlan other) {
    return new Delivery(other, first, rows);
  }
}
