package io.plumbline.connector.debezium;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.dataset.Absent;
import io.plumbline.matrix.dataset.Column;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.connect.data.Struct;
import org.apiguardian.api.API;

/** Makes rows of carried values from Debezium's change events. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ChangedRows {
  private final List<ColumnContract> columns;
  private final Cells cells;
  private final Function<String, RuntimeException> failure;

  /**
   * Of a case's source.
   *
   * @param failure of the family, with a message of one sentence
   */
  public ChangedRows(CaseScope scope, Cells cells, Function<String, RuntimeException> failure) {
    this.columns = scope.columns();
    this.cells = cells;
    this.failure = failure;
  }

  /** What the cells of a family's events mean. */
  @FunctionalInterface
  public interface Cells {
    /** The carried value of a cell that is not NULL. */
    Object carried(ColumnContract column, Object cell);
  }

  /**
   * What an event says was done.
   *
   * @param failure of the family, with a message of one sentence, for anything else
   */
  public static Op op(Struct event, Function<String, RuntimeException> failure) {
    return switch (event.getString("op")) {
      case "c" -> Op.INSERT;
      case "u" -> Op.UPDATE;
      case "d" -> Op.DELETE;
      default ->
          throw failure.apply(
              "The change log holds an operation '%s' that has no row."
                  .formatted(event.getString("op")));
    };
  }

  /** Adds the new image; of a delete, a row with nothing but its key. */
  public void add(Struct event, RowBatch batch) {
    Op op = op(event, failure);
    batch.add(op, op == Op.DELETE ? key(event.getStruct("before")) : image(event));
  }

  private Object[] key(Struct before) {
    ColumnContract id = columns.get(Column.ID);
    Object[] row = new Object[columns.size()];
    row[Column.ID] = cells.carried(id, Objects.requireNonNull(before.get(id.column().name())));
    return row;
  }

  private Object[] image(Struct event) {
    Object[] row = new Object[columns.size()];
    Struct after = event.getStruct("after");
    for (ColumnContract contract : columns) {
      int index = contract.column().index();
      if (contract.atSource()) {
        Object cell = after.get(contract.column().name());
        row[index] = cell == null ? null : cells.carried(contract, cell);
      } else {
        row[index] = Absent.ABSENT;
      }
    }
    return row;
  }
}
