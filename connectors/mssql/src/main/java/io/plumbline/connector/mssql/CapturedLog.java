package io.plumbline.connector.mssql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.connector.debezium.ChangedRows;
import io.plumbline.connector.debezium.EngineRecords;
import io.plumbline.connector.debezium.FencedExtraction;
import io.plumbline.connector.jdbc.CaseNames;
import io.plumbline.connector.jdbc.JdbcException;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.ForwardingExtraction;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.dataset.Column;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Change events of one table, read with Debezium's engine between two marks. Debezium tells what
 * was changed, in which order, and when the server has captured it; the rows themselves are read
 * beside it.
 */
final class CapturedLog implements FencedExtraction.Log {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String end;
  private final ChangeImages images;

  private CapturedLog(String end, ChangeImages images) {
    this.end = end;
    this.images = images;
  }

  /**
   * Begins to read.
   *
   * @param begin the commit after which it reads, as Debezium writes it
   * @param end the mark at which it ends
   * @param images owned from now on
   */
  static Extraction open(
      CaptureServer server, CaseNames names, String begin, String end, ChangeImages images) {
    try {
      EngineRecords records =
          new EngineRecords(
              MssqlTypes.FAMILY,
              "mover " + names.schema(),
              properties(server, names),
              offset(begin),
              ChangeTables.PATIENCE,
              failure -> JdbcException.of(server.dialect(), failure, "reading the change tables"));
      return new ForwardingExtraction(new FencedExtraction(records, new CapturedLog(end, images))) {
        @Override
        public void close() {
          try (images) {
            super.close();
          }
        }
      };
    } catch (RuntimeException e) {
      try (images) {
        throw e;
      }
    }
  }

  /** Of the tables it is told no more than a key: see {@link ChangeImages}. */
  private static Properties properties(CaptureServer server, CaseNames names) {
    Properties p = new Properties();
    p.putAll(server.connector());
    p.putAll(
        Map.of(
            "name",
            names.schema(),
            "table.include.list",
            "%1$s\\.%2$s,%1$s\\.%3$s"
                .formatted(names.schema(), CaseNames.TABLE, ChangeTables.FENCE),
            "column.include.list",
            "%1$s\\.%2$s\\.id,%1$s\\.%3$s\\.mark"
                .formatted(names.schema(), CaseNames.TABLE, ChangeTables.FENCE),
            "snapshot.mode",
            "recovery",
            // The structure of tables needs no lock.
            "snapshot.isolation.mode",
            "read_uncommitted",
            "schema.history.internal",
            "io.debezium.relational.history.MemorySchemaHistory",
            "schema.history.internal.store.only.captured.tables.ddl",
            "true",
            "include.schema.changes",
            "false"));
    return p;
  }

  private static String offset(String begin) {
    try {
      return JSON.writeValueAsString(Map.of("commit_lsn", begin));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public @Nullable Position take(SourceRecord entry, RowBatch batch) {
    Struct event = (Struct) entry.value();
    Struct source = event.getStruct("source");
    if (source.getString("table").equals(CaseNames.TABLE)) {
      add(event, source, batch);
      return null;
    }
    String mark = event.getStruct("after").getString("mark");
    return mark.equals(end) ? ChangeTables.position(mark) : null;
  }

  private void add(Struct event, Struct source, RowBatch batch) {
    Op op = ChangedRows.op(event, JdbcException::new);
    Object[] row = images.next(source.getString("commit_lsn"), source.getString("change_lsn"));
    if (op == Op.DELETE) {
      Object[] deleted = new Object[row.length];
      deleted[Column.ID] = row[Column.ID];
      row = deleted;
    }
    batch.add(op, row);
  }
}
