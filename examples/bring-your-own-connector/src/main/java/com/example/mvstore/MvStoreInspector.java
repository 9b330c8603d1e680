package com.example.mvstore;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Inspector;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.tx.Transaction;
import org.h2.mvstore.tx.TransactionStore;

/** Reads the target of a case back, in key order. */
record MvStoreInspector(TransactionStore store, String map, List<ColumnContract> contracts)
    implements Inspector {

  @Override
  public List<String> columns() {
    return contracts.stream().map(contract -> contract.column().name()).toList();
  }

  @Override
  public void rows(RowVisitor visitor) {
    Transaction transaction = store.begin();
    Map<Long, Object[]> rows = transaction.openMap(map);
    rows.values().forEach(row -> visitor.row(row, 0, null));
    transaction.commit();
  }
}
