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

  private final ChangeTables.Begin begin;
  private final String end;
  private final ChangeImages images;
  private boolean begun;

  private CapturedLog(ChangeTables.Begin begin, String end, ChangeImages images) {
    this.begin = begin;
    this.end = end;
    this.images = images;
    this.begun = begin.mark().isEmpty();
  }

  /**
   * Begins to read.
   *
   * @param images owned from now on
   */
  static Extraction open(
      CaptureServer server,
      CaseNames names,
      ChangeTables.Begin begin,
      String end,
      ChangeImages images) {
    try {
      EngineRecords records =
          new EngineRecords(
              MssqlTypes.FAMILY,
              "mover " + names.schema(),
              properties(server, names),
              offset(begin),
              failure -> JdbcException.of(server.dialect(), failure, "reading the change tables"));
      return new ForwardingExtraction(
          new FencedExtraction(records, new CapturedLog(begin, end, images))) {
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

  private static String offset(ChangeTables.Begin begin) {
    try {
      return JSON.writeValueAsString(Map.of("commit_lsn", begin.lsn()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public @Nullable Position take(SourceRecord entry, RowBatch batch) {
    Struct event = (Struct) entry.value();
    Struct source = event.getStruct("source");
    String commit = source.getString("commit_lsn");
    if (source.getString("table").equals(CaseNames.TABLE)) {
      if (begun) {
        add(event, commit, source.getString("change_lsn"), batch);
      }
      return null;
    }
    String mark = event.getStruct("after").getString("mark");
    begun |= mark.equals(begin.mark());
    if (!mark.equals(end)) {
      return null;
    }
    if (!begun) {
      throw new JdbcException(
          "The change tables do not reach back to commit %s any more; the source has to be read as a whole again."
              .formatted(begin.lsn()));
    }
    return new ChangeTables.Begin(commit, "").position();
  }

  private void add(Struct event, String commit, String change, RowBatch batch) {
    Op op = ChangedRows.op(event, JdbcException::new);
    Object[] row = images.next(commit, change);
    if (op == Op.DELETE) {
      Object[] deleted = new Object[row.length];
      deleted[Column.ID] = row[Column.ID];
      row = deleted;
    }
    batch.add(op, row);
  }
}
