package io.plumbline.matrix.memory;

import io.plumbline.matrix.connector.Inspector;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.Op;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** How a family stores what is loaded. Used by one case at a time. */
interface MemoryTarget {

  /** A converted row on its way in. */
  record Staged(Op op, Object[] cells) {}

  /** Makes a load visible. */
  void publish(LoadPlan plan, List<Staged> staged);

  /** Visits the rows as a reader sees them, in no order. */
  void rows(Consumer<StoredRow> visitor);

  long physicalRows();

  Optional<Inspector.OperationCounts> operations();

  Inspector.Observability observability();

  /** Events from an offset on. */
  default void events(long fromOffset, Inspector.EventVisitor visitor) {}

  default long endOffset() {
    return 0;
  }
}
