package io.plumbline.matrix.defect;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.mover.MoveRequest;
import io.plumbline.matrix.mover.Mover;
import io.plumbline.matrix.mover.State;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apiguardian.api.API;

/** Plants a defect in a mover. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@FunctionalInterface
public interface Fault {

  /**
   * A mover with the defect, for one case: it may remember what it did in earlier rounds.
   *
   * @param mover the mover without the defect
   * @param columns the contracts of the case's pair, in row order
   */
  Mover in(Mover mover, List<ColumnContract> columns);

  /** The mover is given something else than it should be. */
  static Fault onRequest(UnaryOperator<MoveRequest> change) {
    return (mover, columns) -> request -> mover.move(change.apply(request));
  }

  /** Loads become something else on their way into the sink, which does not notice. */
  static Fault onLoads(Supplier<LoadFault> faults) {
    return (mover, columns) -> {
      LoadFault fault = faults.get();
      return request ->
          mover.move(
              request.withWriter(
                  new FaultyWriter(
                      request.writer(), fault, () -> request.states().read().isEmpty())));
    };
  }

  /** Every load becomes something else, and none depends on another. */
  static Fault onEachLoad(LoadFault fault) {
    return onLoads(() -> fault);
  }

  /** Cells with a value, or NULL, become something else on their way into the sink. */
  static Fault onCells(Predicate<ColumnContract> where, CellChange change) {
    return (mover, columns) ->
        onLoads(() -> new CellFault(columns.stream().filter(where).toList(), change))
            .in(mover, columns);
  }

  /** Reads hand on something else than was read. */
  static Fault onReads(Supplier<ReadFault> faults) {
    return (mover, columns) -> {
      ReadFault fault = faults.get();
      return request -> mover.move(request.withReader(new FaultyReader(request.reader(), fault)));
    };
  }

  /** Another state is committed: a function of the committed one and the next. */
  static Fault onCommits(BinaryOperator<State> commit) {
    return onRequest(request -> request.withStates(new FaultyStates(request.states(), commit)));
  }
}
