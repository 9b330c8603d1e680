package io.plumbline.connector.mysql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.connector.debezium.ChangedRows;
import io.plumbline.connector.debezium.EngineRecords;
import io.plumbline.connector.debezium.FencedExtraction;
import io.plumbline.connector.jdbc.CaseNames;
import io.plumbline.connector.jdbc.JdbcException;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.RowBatch;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Change events of one table in the binary log, read with Debezium's engine, up to a fence. The
 * next read begins behind the fence.
 */
final class Binlog implements FencedExtraction.Log {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ChangedRows rows;
  private final String mark;

  private Binlog(CaseScope scope, String mark) {
    this.rows = new ChangedRows(scope, BinlogCells::carried, JdbcException::new);
    this.mark = mark;
  }

  /**
   * Begins to read.
   *
   * @param offset the begin as Debezium's connector writes it, in JSON
   * @param mark what is written into the fence
   */
  static Extraction open(
      BinlogServer server, CaseScope scope, CaseNames names, String offset, String mark) {
    return new FencedExtraction(
        new EngineRecords(
            MysqlTypes.FAMILY,
            "mover " + names.schema(),
            properties(server, names),
            offset,
            EngineRecords.PROMPT,
            failure -> JdbcException.of(server.dialect(), failure, "reading the binary log")),
        new Binlog(scope, mark));
  }

  /** The structure of the tables is read anew each time: the log does not hold it. */
  private static Properties properties(BinlogServer server, CaseNames names) {
    Properties p = new Properties();
    p.putAll(server.connector());
    p.putAll(
        Map.of(
            "name", names.schema(),
            "database.server.id", String.valueOf(serverId(names)),
            "database.include.list", names.schema(),
            "table.include.list",
                "%1$s\\.%2$s,%1$s\\.%3$s"
                    .formatted(names.schema(), CaseNames.TABLE, BinlogChangeLog.FENCE),
            "snapshot.mode", "recovery",
            "snapshot.locking.mode", "none",
            "schema.history.internal", "io.debezium.relational.history.MemorySchemaHistory",
            "schema.history.internal.store.only.captured.databases.ddl", "true",
            "include.schema.changes", "false"));
    p.putAll(
        Map.of(
            "time.precision.mode", "adaptive_time_microseconds",
            // A year of two digits is a year of the first century.
            "enable.time.adjuster", "false",
            "decimal.handling.mode", "precise",
            "bigint.unsigned.handling.mode", "precise",
            "binary.handling.mode", "bytes",
            "connect.keep.alive", "false"));
    return p;
  }

  /** Readers of a server need different ids; a case has one reader at a time. */
  private static int serverId(CaseNames names) {
    return 1_000_000 + (names.schema().hashCode() & 0x3FFF_FFFF);
  }

  @Override
  public @Nullable Position take(SourceRecord entry, RowBatch batch) {
    Struct event = (Struct) entry.value();
    if (event.getStruct("source").getString("table").equals(CaseNames.TABLE)) {
      rows.add(event, batch);
      return null;
    }
    boolean reached = event.getStruct("after").getString("mark").equals(mark);
    return reached ? BinlogChangeLog.position(json(entry.sourceOffset())) : null;
  }

  private static String json(Map<String, ?> offset) {
    try {
      return JSON.writeValueAsString(offset);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
