package io.plumbline.connector.postgres;

import io.plumbline.connector.debezium.ChangedRows;
import io.plumbline.connector.debezium.EngineRecords;
import io.plumbline.connector.debezium.FencedExtraction;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.RowBatch;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * Change events by logical decoding with Debezium's engine, from a position to a fence.
 *
 * <p>The fence is a transaction of ours that holds nothing but a message in the log. It is written
 * when the read begins; whatever was committed before it comes before it. The end of its commit is
 * the position at which the next read begins: the server leaves out transactions whose commit lies
 * before that, and sends all others whole.
 */
final class LogicalLog implements FencedExtraction.Log {
  private static final String FENCE = "plumbline";

  private final ChangedRows rows;
  private final String fence;
  private boolean fenceSeen;

  private LogicalLog(CaseScope scope, String fence) {
    this.rows = new ChangedRows(scope, new TextCells(scope), PostgresException::new);
    this.fence = fence;
  }

  static Extraction open(MoverSessions movers, CaseScope scope, CaseNames names, String from) {
    String fence = UUID.randomUUID().toString();
    try (Session session = movers.open()) {
      session.query(
          row -> row.getString(1), "SELECT pg_logical_emit_message(true, ?, ?)", FENCE, fence);
    }
    return new FencedExtraction(
        new EngineRecords(
            PostgresTypes.FAMILY,
            names.mover(),
            properties(movers.endpoint(), names),
            "{\"lsn\":%s}".formatted(LogSequenceNumber.valueOf(from).asLong()),
            EngineRecords.PROMPT,
            failure -> PostgresException.ofChain(failure, "reading the change log")),
        new LogicalLog(scope, fence));
  }

  private static Properties properties(Endpoint endpoint, CaseNames names) {
    Properties p = new Properties();
    p.putAll(
        Map.of(
            "name", names.schema(),
            "connector.class", "io.debezium.connector.postgresql.PostgresConnector",
            "database.hostname", endpoint.host(),
            "database.port", String.valueOf(endpoint.port()),
            "database.dbname", endpoint.database(),
            "database.user", endpoint.user(),
            "database.password", endpoint.password(),
            "plugin.name", ChangeLog.PLUGIN));
    p.putAll(
        Map.of(
            "slot.name",
            names.schema(),
            "slot.drop.on.stop",
            "false",
            "slot.max.retries",
            "20",
            "slot.retry.delay.ms",
            "100",
            "publication.name",
            names.schema(),
            "publication.autocreate.mode",
            "disabled",
            "flush.lsn.source",
            "false",
            "schema.include.list",
            names.schema(),
            "table.include.list",
            names.schema() + "\\." + CaseNames.TABLE,
            "message.prefix.include.list",
            FENCE));
    p.putAll(
        Map.of(
            "snapshot.mode",
            "no_data",
            "converters",
            "canonical",
            "canonical.type",
            ChangeTextConverter.class.getName(),
            "include.unknown.datatypes",
            "true",
            "provide.transaction.metadata",
            "true",
            "driver.ApplicationName",
            names.mover()));
    return p;
  }

  @Override
  public @Nullable Position take(SourceRecord entry, RowBatch batch) {
    Struct value = (Struct) entry.value();
    if (value.schema().field("status") != null) {
      return fenceSeen && value.getString("status").equals("END") ? end(entry) : null;
    }
    if (value.getString("op").equals("m")) {
      message(value.getStruct("message"));
    } else if (!fenceSeen) {
      rows.add(value, batch);
    } else {
      throw new PostgresException("A change came inside the transaction of the fence.");
    }
    return null;
  }

  private void message(Struct message) {
    String content = new String(message.getBytes("content"), StandardCharsets.UTF_8);
    fenceSeen = fenceSeen || content.equals(fence);
  }

  private static Position end(SourceRecord edge) {
    long commit = (Long) Objects.requireNonNull(edge.sourceOffset().get("lsn_commit"));
    return Position.of(Map.of(ChangeLog.LSN, LogSequenceNumber.valueOf(commit).asString()));
  }
}
