package io.plumbline.connector.bigquery;

import static io.plumbline.connector.tck.Cases.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.plumbline.connector.bigquery.service.HeldJobs;
import io.plumbline.connector.bigquery.service.RestServer;
import io.plumbline.connector.tck.Cases;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.Bytes;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.registry.Strategy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that dies, is busy, loses answers, or refuses. */
final class BadDaysTest {
  private static final String UPLOADS = "POST /upload/";
  private static final String STATEMENTS = "POST /bigquery/v2/projects/lab/jobs$";
  private static final String QUERIES = "POST .*/queries$";

  private final RestServer server = RestServer.start(RestServer.Manners.SERVICE);
  private final PlayedSource connector = new PlayedSource();
  private final RunningSystem system = connector.running(server.address(), server);
  private final Dataset dataset = new Dataset(Cases.volume(50));
  private final CaseScope scope =
      Cases.own(connector, Strategy.INCREMENTAL_MERGE, TargetLayout.KEYED, dataset);
  private final Sink sink = system.openSink(scope);

  @BeforeAll
  static void assumeAvailable() {
    assumeThat(RestServer.missing()).isEmpty();
  }

  @BeforeEach
  void fill() {
    load("1", WriteAction.REPLACE_ALL, 1, 10);
  }

  @AfterEach
  void stop() {
    server.restart();
    sink.close();
    assertThat(server.datasets()).isEmpty();
    system.close();
  }

  /** A row whose amount is given in its smallest unit. */
  private RowBatch row(long key, int amount) {
    Object[] row = dataset.row(key, 1).clone();
    row[Column.AMOUNT] = BigDecimal.valueOf(amount, 4);
    RowBatch batch = new RowBatch(1);
    batch.add(Op.UPDATE, row);
    return batch;
  }

  private LoadTotals load(String id, WriteAction action, long key, int amount) {
    try (Load load = sink.writer().begin(plan(id, action, dataset.dateOf(1)))) {
      load.write(row(key, amount));
      load.publish();
      return load.held();
    }
  }

  private List<String> target() {
    List<String> rows = new ArrayList<>();
    sink.inspector()
        .rows((cells, token, validity) -> rows.add(cells[Column.ID] + "=" + cells[Column.AMOUNT]));
    return rows;
  }

  @ParameterizedTest
  @EnumSource(
      value = WriteAction.class,
      names = {"REPLACE_ALL", "MERGE", "REPLACE_WINDOW"})
  void aServiceThatDiesBeforeItPublishesLeavesTheTargetAsItWas(WriteAction action) {
    try (Load load = sink.writer().begin(plan("2", action, dataset.dateOf(1)))) {
      load.write(row(1, 99));
      server.kill();
      assertThatThrownBy(load::publish)
          .isInstanceOf(SystemFailureException.class)
          .hasMessageMatching(
              "bigquery: The connection to http://localhost:\\d+/projects/lab was lost\\.");
    }
    server.restart();
    assertThat(target()).containsExactly("1=0.0010");
    load("2", action, 1, 11);
    assertThat(target()).containsExactly("1=0.0011");
  }

  @Test
  void aServiceThatDiesBetweenLoadAndPublishLeavesTheTargetAsItWas() {
    try (Load load = sink.writer().begin(plan("2", WriteAction.MERGE))) {
      load.write(row(1, 99));
      server.faults().status(STATEMENTS, 503, "backendError", 100);
      assertThatThrownBy(load::publish)
          .isInstanceOf(SystemFailureException.class)
          .hasMessageContaining("is too busy: Not now.");
    }
    assertThat(target()).containsExactly("1=0.0010");
  }

  @ParameterizedTest
  @CsvSource({
    "429, rateLimitExceeded, 1",
    "403, rateLimitExceeded, 1",
    "503, backendError, 2",
    "500, backendError, 1",
    "502, backendError, 1"
  })
  void whoIsTooBusyIsAskedAgain(int status, String reason, int times) {
    for (String request : List.of(UPLOADS, STATEMENTS, QUERIES)) {
      server.faults().status(request, status, reason, times);
    }
    load("2", WriteAction.MERGE, 1, 11);
    assertThat(server.faults().over()).isTrue();
    assertThat(target()).containsExactly("1=0.0011");
  }

  /** What was done and not told is asked for again, under the same id, and not done again. */
  @ParameterizedTest
  @ValueSource(strings = {UPLOADS, STATEMENTS, QUERIES})
  void anAnswerThatIsLostMakesNoSecondJob(String request) {
    int before = server.statements().size();
    try (Load load = sink.writer().begin(plan("2", WriteAction.MERGE))) {
      load.write(row(2, 20));
      server.faults().loseAnswer(request);
      load.publish();
      assertThat(load.held().rows()).isEqualTo(1);
    }
    assertThat(server.faults().over()).isTrue();
    assertThat(target()).containsExactly("1=0.0010", "2=0.0020");
    assertThat(server.statements().subList(before, server.statements().size()))
        .filteredOn(sql -> sql.startsWith("MERGE"))
        .hasSize(1);
    assertThat(server.rowsLoaded()).isEqualTo(2);
  }

  /** The last row of a key counts, also when it comes with another request. */
  @Test
  void aLoadOfSeveralRequestsIsPublishedAsAWhole() {
    int text =
        dataset.columns().stream()
            .filter(column -> column.type() == LogicalType.LONG_TEXT)
            .findFirst()
            .orElseThrow()
            .index();
    server.faults().loseAnswer(UPLOADS);
    server.faults().loseAnswer(UPLOADS);
    try (Load load = sink.writer().begin(plan("2", WriteAction.MERGE))) {
      for (RowBatch batch : List.of(row(2, 20), row(1, 11), row(2, 21))) {
        batch.row(0)[text] = "x".repeat(RowWriter.PART_BYTES / 2 + 1);
        load.write(batch);
      }
      load.publish();
    }
    assertThat(server.faults().over()).as("two requests").isTrue();
    assertThat(target()).containsExactly("1=0.0011", "2=0.0021");
  }

  @ParameterizedTest
  @CsvSource({"load, Error while reading data.", "MERGE, The query failed."})
  void aJobThatFailsIsTheProductsFailureAndTheNextRunIsRight(String job, String says) {
    try (Load load = sink.writer().begin(plan("2", WriteAction.MERGE))) {
      load.write(row(1, 99));
      server.faults().failJob(job);
      assertThatThrownBy(load::publish)
          .isInstanceOf(BigqueryException.class)
          .hasMessage("BigQuery: " + says);
    }
    assertThat(target()).containsExactly("1=0.0010");
    load("2", WriteAction.MERGE, 1, 11);
    assertThat(target()).containsExactly("1=0.0011");
  }

  @ParameterizedTest
  @CsvSource({"401, authError", "403, accessDenied"})
  void whoIsNotLetInIsTold(int status, String reason) {
    server.faults().status(QUERIES, status, reason, 1);
    assertThatThrownBy(this::target)
        .isInstanceOf(SystemFailureException.class)
        .hasMessageContaining("/projects/lab lets nobody in with these credentials: ");
  }

  /** A quota, or a bill that nobody pays. */
  @Test
  void whoIsServedNoMoreIsTold() {
    server.faults().status(QUERIES, 403, "quotaExceeded", 1);
    assertThatThrownBy(this::target)
        .isInstanceOf(SystemFailureException.class)
        .hasMessageContaining("/projects/lab serves no more: ");
  }

  /** As when a service goes down: first it refuses, then it is gone. */
  @Test
  void whoIsTooBusyAndThenGoneIsNotAskedForEver() {
    server.faults().status(QUERIES, 503, "backendError", 6);
    for (int time = 0; time < 10; time++) {
      server.faults().loseAnswer(QUERIES);
    }
    assertThatThrownBy(this::target)
        .isInstanceOf(SystemFailureException.class)
        .hasMessageContaining(" was lost.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"load", "CREATE", "MERGE"})
  void aJobThatEndsBecauseThereAreTooManyIsAskedForAgain(String job) {
    server.faults().busyJob(job);
    load("2", WriteAction.MERGE, 1, 11);
    assertThat(server.faults().over()).isTrue();
    assertThat(target()).containsExactly("1=0.0011");
  }

  /** Whoever may not remove what is not there must not have to. */
  @Test
  void aDatasetIsRemovedFirstOnlyWhenItIsThere() {
    server.faults().status("DELETE .*/datasets/", 403, "accessDenied", 1);
    Dataset other = new Dataset(Cases.volume(10));
    Sink fresh =
        system.openSink(Cases.own(connector, Strategy.FULL_REFRESH, TargetLayout.KEYED, other));
    assertThat(server.faults().over()).isFalse();
    assertThatThrownBy(fresh::close).hasMessageContaining("lets nobody in");
    fresh.close();

    assertThat(sink.inspector().columns()).isNotEmpty();
    try (Sink again = system.openSink(scope)) {
      assertThat(again.inspector().columns()).isEmpty();
    }
  }

  /** As often as they may: the dataset is made all the same, and jobs know where it is. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aDatasetWhoseMakingWasNotToldIsThere(int times) {
    for (int time = 0; time < times; time++) {
      server.faults().loseAnswer("POST .*/datasets$");
    }
    Dataset other = new Dataset(Cases.volume(10));
    try (Sink fresh =
        system.openSink(Cases.own(connector, Strategy.FULL_REFRESH, TargetLayout.KEYED, other))) {
      assertThat(server.faults().over()).isTrue();
      try (Load load = fresh.writer().begin(plan("1", WriteAction.REPLACE_ALL))) {
        load.write(row(1, 10));
        load.publish();
        assertThat(load.held().rows()).isEqualTo(1);
      }
    }
  }

  static List<Arguments> misfits() {
    return List.of(
        arguments("id", null, "Missing required field: id"),
        arguments("_char_10", "eleven char", "STRING(10) has maximum length 10"),
        arguments("_decimal_18_4", new BigDecimal("1e14"), "Could not convert value"),
        arguments("_decimal_38_10", new BigDecimal("0.00000000001"), "Could not convert value"),
        arguments("_binary_16", Bytes.of(new byte[17]), "CHECK constraint failed"));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void aCellThatDoesNotFitIsTheProductsFailure(String column, @Nullable Object value, String says) {
    RowBatch batch = row(2, 20);
    Column misfit =
        dataset.columns().stream()
            .filter(each -> each.name().endsWith(column))
            .findFirst()
            .orElseThrow();
    batch.row(0)[misfit.index()] = value;
    try (Load load = sink.writer().begin(plan("2", WriteAction.MERGE))) {
      load.write(batch);
      assertThatThrownBy(load::publish)
          .isInstanceOf(BigqueryException.class)
          .hasMessageStartingWith("BigQuery: ")
          .hasMessageContaining(says);
    }
    assertThat(target()).containsExactly("1=0.0010");
  }

  /** Whoever reads the target back must not take a part of it for all of it. */
  @Test
  void aResultThatEndsInTheMiddleIsNoResult() {
    try (Load load = sink.writer().begin(plan("2", WriteAction.REPLACE_ALL))) {
      for (long key = 1; key <= 800; key++) {
        RowBatch batch = row(1 + key % 50, 1);
        batch.row(0)[Column.ID] = key;
        load.write(batch);
      }
      load.publish();
    }
    assertThat(target()).hasSize(800);
    server.faults().cutResult();
    assertThatThrownBy(this::target)
        .isInstanceOf(SystemFailureException.class)
        .hasMessageContaining("A query has 800 rows, and 700 of them were told.");
  }

  /** As when a run is stopped while a case still works. */
  @Test
  void whoeverComesAfterTheEndIsToldSo() {
    Service ended =
        new Service(new Endpoint("http://localhost:%d/".formatted(server.port()), "lab", false));
    ended.requireProject();
    ended.close();
    assertThatThrownBy(ended::requireProject)
        .isInstanceOf(SystemFailureException.class)
        .hasMessageMatching(
            "bigquery: The connection to http://localhost:\\d+/projects/lab was closed\\.");
  }

  /** As when a phase takes too long. */
  @Test
  void whoeverIsInterruptedStopsAtOnce() throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    CountDownLatch publishing = new CountDownLatch(1);
    try (HeldJobs held = server.holdJobs()) {
      Thread mover =
          new Thread(
              () -> {
                publishing.countDown();
                load("2", WriteAction.MERGE, 1, 99);
              });
      mover.setUncaughtExceptionHandler((thread, failure) -> thrown.set(failure));
      mover.start();
      assertThat(publishing.await(10, TimeUnit.SECONDS)).isTrue();
      held.awaitJob();
      mover.interrupt();
      mover.join(TimeUnit.SECONDS.toMillis(5));
      assertThat(mover.isAlive()).isFalse();
    }
    assertThat(server.cancelled()).as("an emulator hears it too late").isZero();
    assertThat(thrown.get())
        .isInstanceOf(SystemFailureException.class)
        .hasMessageContaining("A request was interrupted.");
    assertThat(target()).containsExactly("1=0.0010");
  }

  @Test
  void theServiceIsToldToEndTheJobOfWhoeverIsInterrupted() throws InterruptedException {
    String root = "http://localhost:%d/".formatted(server.port());
    try (Service told =
            new Service(
                new Endpoint(root, "lab", true), new Endpoint(root, "lab", false).connect());
        HeldJobs held = server.holdJobs()) {
      Thread mover = new Thread(() -> told.createDataset("told").execute("SELECT 1"));
      mover.setUncaughtExceptionHandler((thread, failure) -> {});
      mover.start();
      held.awaitJob();
      mover.interrupt();
      mover.join(TimeUnit.SECONDS.toMillis(5));
      assertThat(mover.isAlive()).isFalse();
      assertThat(server.cancelled()).isEqualTo(1);
      told.dropDataset("told");
    }
  }
}
