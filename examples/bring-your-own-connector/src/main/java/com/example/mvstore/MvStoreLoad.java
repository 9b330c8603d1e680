package com.example.mvstore;

import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.Column;
import java.util.HashMap;
import java.util.Map;
import org.h2.mvstore.tx.Transaction;
import org.h2.mvstore.tx.TransactionStore;

/** A load: one transaction, which nobody sees before it is published. */
final class MvStoreLoad implements Load {
  private final TransactionStore store;
  private final String map;
  private final Transaction transaction;
  private final Map<Long, Object[]> rows;
  private final Map<Long, Op> written = new HashMap<>();

  MvStoreLoad(TransactionStore store, String map, LoadPlan plan) {
    this.store = store;
    this.map = map;
    this.transaction = store.begin();
    this.rows = transaction.openMap(map);
    if (plan.action() == WriteAction.REPLACE_ALL) {
      rows.clear();
    }
  }

  @Override
  public void write(RowBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      Object[] row = batch.row(i);
      Op op = batch.op(i);
      written.put((Long) row[Column.ID], op);
      rows.compute((Long) row[Column.ID], (key, old) -> op == Op.DELETE ? null : row);
    }
  }

  @Override
  public void publish() {
    transaction.commit();
  }

  @Override
  public LoadTotals held() {
    Transaction asking = store.begin();
    Map<Long, Object[]> held = asking.openMap(map);
    LoadTotals totals = LoadTotals.of(written, held::get);
    asking.commit();
    return totals;
  }

  @Override
  public void close() {
    if (transaction.getStatus() == Transaction.STATUS_OPEN) {
      transaction.rollback();
    }
  }
}
