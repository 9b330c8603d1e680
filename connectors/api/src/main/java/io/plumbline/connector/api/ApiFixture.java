package io.plumbline.connector.api;

import io.plumbline.matrix.connector.Fixture;
import io.plumbline.matrix.dataset.ChangeSet;
import io.plumbline.matrix.dataset.Column;
import java.util.ArrayList;
import java.util.List;

/** The harness's side of a source: what the fixture's server serves. */
final class ApiFixture implements Fixture {
  private final Orders orders;

  ApiFixture(Orders orders) {
    this.orders = orders;
  }

  @Override
  public void seed() {
    orders.seed();
  }

  @Override
  public PendingChanges begin(ChangeSet changes) {
    List<Orders.Change> made = new ArrayList<>();
    changes.forEach(
        (kind, key, row) ->
            made.add(
                new Orders.Change(
                    0,
                    key,
                    kind == ChangeSet.Kind.DELETE ? 0 : ((Long) row[Column.VERSION]).intValue())));
    return new HeldBack(orders, made);
  }

  private record HeldBack(Orders orders, List<Orders.Change> made) implements PendingChanges {
    @Override
    public void commit() {
      orders.commit(made);
    }

    @Override
    public void close() {
      // What was not committed is nowhere.
    }
  }
}
