package com.example.mvstore;

import io.plumbline.matrix.connector.Fixture;
import io.plumbline.matrix.dataset.ChangeSet;
import io.plumbline.matrix.dataset.Dataset;
import java.util.Map;
import org.h2.mvstore.tx.Transaction;
import org.h2.mvstore.tx.TransactionStore;

/** Fills and changes the source of a case. */
record MvStoreFixture(TransactionStore store, String map, Dataset dataset) implements Fixture {

  @Override
  public void seed() {
    Transaction transaction = store.begin();
    Map<Long, Object[]> rows = transaction.openMap(map);
    for (long key = 1; key <= dataset.volume().rows(); key++) {
      rows.put(key, dataset.row(key, 1));
    }
    transaction.commit();
  }

  @Override
  public PendingChanges begin(ChangeSet changes) {
    Transaction transaction = store.begin();
    Map<Long, Object[]> rows = transaction.openMap(map);
    changes.forEach(
        (kind, key, row) ->
            rows.compute(key, (k, old) -> kind == ChangeSet.Kind.DELETE ? null : row));
    return PendingChanges.of(transaction::commit, transaction::rollback);
  }
}
