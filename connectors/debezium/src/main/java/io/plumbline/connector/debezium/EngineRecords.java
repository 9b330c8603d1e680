package io.plumbline.connector.debezium;

import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.registry.Family;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.connect.source.SourceRecord;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What Debezium's engine reads from a change log, record by record in the order of the log, until
 * it is closed. Used by one thread; the engine has one of its own.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class EngineRecords implements AutoCloseable {
  /** How long a log may give nothing that is written as changes are committed. */
  public static final Duration PROMPT = Duration.ofSeconds(60);

  private static final Duration STOP = Duration.ofSeconds(20);
  private static final int QUEUED = 4_096;
  private static final int POLL_MILLIS = 50;

  private final Family family;
  private final Duration patience;
  private final Function<Throwable, RuntimeException> failures;
  private final BlockingQueue<SourceRecord> arrived = new LinkedBlockingQueue<>(QUEUED);
  private final DebeziumEngine<ChangeEvent<SourceRecord, SourceRecord>> engine;
  private final ExecutorService thread;
  private volatile boolean closed;
  private volatile @Nullable Throwable failure;
  private volatile boolean engineEnded;

  /**
   * Starts an engine.
   *
   * @param who names its thread
   * @param connector the properties of its connector, a name that no other engine has at the time
   *     among them; the engine's own are added
   * @param offset where to begin, as the connector writes it, in JSON
   * @param patience how long the log may give nothing
   * @param failures what a failure of the engine means
   */
  public EngineRecords(
      Family family,
      String who,
      Properties connector,
      String offset,
      Duration patience,
      Function<Throwable, RuntimeException> failures) {
    this.family = family;
    this.patience = patience;
    this.failures = failures;
    this.engine =
        DebeziumEngine.create(Connect.class)
            .using(properties(connector, offset))
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
              Thread created = new Thread(task, who);
              created.setDaemon(true);
              return created;
            });
    thread.execute(engine);
  }

  private static Properties properties(Properties connector, String offset) {
    Properties all = new Properties();
    all.putAll(connector);
    // What Debezium keeps for the whole JVM is found by it: one engine must not remove another's.
    all.setProperty("topic.prefix", connector.getProperty("name"));
    all.setProperty("offset.storage", PrimedOffsetStore.class.getName());
    all.setProperty(PrimedOffsetStore.OFFSET_PROPERTY, offset);
    all.setProperty("tombstones.on.delete", "false");
    all.setProperty("errors.max.retries", "0");
    all.setProperty("poll.interval.ms", "10");
    all.setProperty("record.processing.threads", "1");
    return all;
  }

  // Never marked as processed: what marks progress is the state of the mover, not the engine.
  private void receive(
      List<ChangeEvent<SourceRecord, SourceRecord>> events,
      DebeziumEngine.RecordCommitter<ChangeEvent<SourceRecord, SourceRecord>> committer)
      throws InterruptedException {
    for (ChangeEvent<SourceRecord, SourceRecord> event : events) {
      while (!closed && !arrived.offer(event.value(), POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        // The reader is slower than the log; it takes what it needs.
      }
    }
  }

  /**
   * The next record.
   *
   * @throws SystemFailureException when none comes in time, or the engine ended
   */
  public SourceRecord next() {
    long begin = System.nanoTime();
    try {
      while (System.nanoTime() - begin < patience.toNanos()) {
        SourceRecord next = arrived.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (next != null) {
          return next;
        }
        if (engineEnded) {
          throw ended();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException interrupted =
          new CancellationException("The reading of changes was interrupted.");
      interrupted.initCause(e);
      throw interrupted;
    }
    throw new SystemFailureException(
        family, "The change log gave nothing for %d s.".formatted(patience.toSeconds()));
  }

  private RuntimeException ended() {
    Throwable cause = failure;
    return cause == null
        ? new SystemFailureException(family, "The change log ended too early.")
        : failures.apply(cause);
  }

  /** Stops the engine and waits until it has let go of the log. */
  @Override
  public void close() {
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
        throw new SystemFailureException(family, "The change log's reader did not stop.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
