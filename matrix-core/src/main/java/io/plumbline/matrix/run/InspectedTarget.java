package io.plumbline.matrix.run;

import io.plumbline.matrix.connector.Inspector;
import io.plumbline.matrix.oracle.Target;
import java.util.List;
import java.util.Optional;

/** Shows the oracle what an inspector reads back. */
final class InspectedTarget implements Target {
  private final Inspector inspector;

  InspectedTarget(Inspector inspector) {
    this.inspector = inspector;
  }

  @Override
  public List<String> columns() {
    return inspector.columns();
  }

  @Override
  public void rows(RowVisitor visitor) {
    inspector.rows(
        (cells, token, validity) -> {
          if (validity == null) {
            visitor.row(cells, token, null, null, true);
          } else {
            visitor.row(cells, token, validity.from(), validity.to(), validity.current());
          }
        });
  }

  @Override
  public boolean rowTokens() {
    return inspector.observability().rowTokens();
  }

  @Override
  public boolean operationCounts() {
    return inspector.observability().operationCounts();
  }

  @Override
  public Optional<OperationCounts> operations() {
    return inspector
        .operations()
        .map(o -> new OperationCounts(o.generation(), o.inserts(), o.updates(), o.deletes()));
  }

  @Override
  public boolean log() {
    return inspector.observability().events();
  }

  @Override
  public void events(long fromOffset, EventVisitor visitor) {
    inspector.events(
        fromOffset,
        event -> {
          var op = event.op();
          visitor.event(
              event.offset(), op == null ? "" : op.id(), event.key(), event.scope(), event.cells());
        });
  }

  @Override
  public long endOffset() {
    return inspector.endOffset();
  }
}
