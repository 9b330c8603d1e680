package com.example.mvstore;

import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.SourceReader;
import io.plumbline.matrix.dataset.Column;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.tx.Transaction;
import org.h2.mvstore.tx.TransactionStore;

/** Reads the source of a case: all rows, or those that are newer than a position. */
record MvStoreReader(TransactionStore store, String map) implements SourceReader {

  @Override
  public Extraction open(ReadRequest request) {
    LocalDateTime from =
        request instanceof ReadRequest.RowsAfter after
            ? LocalDateTime.parse(after.from().require("updated_at"))
            : LocalDateTime.MIN;
    Transaction transaction = store.begin();
    Map<Long, Object[]> committed = transaction.openMap(map);
    List<Object[]> rows =
        committed.values().stream().filter(row -> updatedAt(row).isAfter(from)).toList();
    transaction.commit();
    LocalDateTime to =
        rows.stream().map(MvStoreReader::updatedAt).max(Comparator.naturalOrder()).orElse(from);
    return Extraction.of(
        rows.iterator(),
        request instanceof ReadRequest.Snapshot ? Op.SNAPSHOT : Op.UPDATE,
        Position.of(Map.of("updated_at", to.toString())));
  }

  private static LocalDateTime updatedAt(Object[] row) {
    return (LocalDateTime) row[Column.UPDATED_AT];
  }
}
