package io.plumbline.connector.postgres;

import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.SystemFailureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
final class ChangeExtraction implements Extraction {
  private static final String FENCE = "plumbline";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final int QUEUED = 4_096;

  private final ChangeRows rows;
  private final String fence;
  private final BlockingQueue<SourceRecord> arrived = new LinkedBlockingQueue<>(QUEUED);
  private final DebeziumEngine<ChangeEvent<SourceRecord, SourceRecord>> engine;
  private final ExecutorService thread;
  private volatile boolean closed;
  private volatile @Nullable Throwable failure;
  private volatile boolean engineEnded;
  private boolean fenceSeen;
  private @Nullable Position position;

  private ChangeExtraction(
      Endpoint endpoint, CaseScope scope, CaseNames names, String from, String fence) {
    this.rows = new ChangeRows(scope);
    this.fence = fence;
    this.engine =
        DebeziumEngine.create(Connect.class)
            .using(properties(endpoint, names, from))
            .using(
                (DebeziumEngine.CompletionCallback)
                    (success, message, error) -> {
                      failure = error;
                      engineEnded = true;
                    })
            .notifying(this::receive)
            .build();
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread created = new Thread(task, names.mover());
              created.setDaemon(true);
              return created;
            });
    thread.execute(engine);
  }

  static ChangeExtraction open(Endpoint endpoint, CaseScope scope, CaseNames names, String from) {
    String fence = UUID.randomUUID().toString();
    try (Session session = Session.open(endpoint, names.mover())) {
      session.query(
          row -> row.getString(1), "SELECT pg_logical_emit_message(true, ?, ?)", FENCE, fence);
    }
    return new ChangeExtraction(endpoint, scope, names, from, fence);
  }

  private static Properties properties(Endpoint endpoint, CaseNames names, String from) {
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
            "topic.prefix",
            PrimedOffsetStore.TOPIC_PREFIX,
            "offset.storage",
            PrimedOffsetStore.class.getName(),
            PrimedOffsetStore.LSN_PROPERTY,
            String.valueOf(LogSequenceNumber.valueOf(from).asLong()),
            "converters",
            "canonical",
            "canonical.type",
            ChangeTextConverter.class.getName(),
            "include.unknown.datatypes",
            "true",
            "provide.transaction.metadata",
            "true",
            "tombstones.on.delete",
            "false"));
    p.putAll(
        Map.of(
            "errors.max.retries", "0",
            "poll.interval.ms", "10",
            "record.processing.threads", "1",
            "driver.ApplicationName", names.mover()));
    return p;
  }

  // Never marked as processed: what marks progress is the state of the mover, not the engine.
  private void receive(
      List<ChangeEvent<SourceRecord, SourceRecord>> events,
      DebeziumEngine.RecordCommitter<ChangeEvent<SourceRecord, SourceRecord>> committer)
      throws InterruptedException {
    for (ChangeEvent<SourceRecord, SourceRecord> event : events) {
      while (!closed && !arrived.offer(event.value(), 50, TimeUnit.MILLISECONDS)) {
        // The reader is slower than the log; it takes what it needs.
      }
    }
  }

  @Override
  public boolean read(RowBatch batch) {
    batch.clear();
    Deadline deadline = Deadline.in(PATIENCE);
    while (position == null && !batch.full()) {
      SourceRecord next = take(deadline);
      Struct value = (Struct) next.value();
      if (value.schema().field("status") != null) {
        transactionEdge(next, value);
      } else if (value.getString("op").equals("m")) {
        message(value.getStruct("message"));
      } else if (!fenceSeen) {
        batch.add(rows.op(value), rows.row(value));
      } else {
        throw new PostgresException("A change came inside the transaction of the fence.");
      }
    }
    return batch.size() > 0;
  }

  private void message(Struct message) {
    String content = new String(message.getBytes("content"), StandardCharsets.UTF_8);
    fenceSeen = fenceSeen || content.equals(fence);
  }

  private void transactionEdge(SourceRecord edge, Struct value) {
    if (fenceSeen && value.getString("status").equals("END")) {
      long commit = (Long) java.util.Objects.requireNonNull(edge.sourceOffset().get("lsn_commit"));
      position = Position.of(Map.of(ChangeLog.LSN, LogSequenceNumber.valueOf(commit).asString()));
      // The slot is free as soon as everything is read: it can be acknowledged before the close.
      stop();
    }
  }

  private SourceRecord take(Deadline deadline) {
    try {
      while (!deadline.passed()) {
        SourceRecord next = arrived.poll(50, TimeUnit.MILLISECONDS);
        if (next != null) {
          return next;
        }
        if (engineEnded) {
          throw ended();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresException("The reading of changes was interrupted.", e);
    }
    throw new SystemFailureException(
        PostgresTypes.FAMILY,
        "The change log did not reach its fence within %d s.".formatted(PATIENCE.toSeconds()));
  }

  private RuntimeException ended() {
    Throwable cause = failure;
    return cause == null
        ? new SystemFailureException(PostgresTypes.FAMILY, "The change log ended before its fence.")
        : PostgresException.ofChain(cause, "reading the change log");
  }

  @Override
  public Position position() {
    Position reached = position;
    if (reached == null) {
      throw new IllegalStateException("The position is known after the last row.");
    }
    return reached;
  }

  @Override
  public void close() {
    stop();
  }

  private void stop() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (!engineEnded) {
        engine.close();
      }
    } catch (IOException | IllegalStateException e) {
      // It had ended or never begun; either way the thread is ended next.
      failure = e;
    }
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(STOP.toSeconds(), TimeUnit.SECONDS)) {
        throw new SystemFailureException(
            PostgresTypes.FAMILY, "The change log's reader did not stop.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
