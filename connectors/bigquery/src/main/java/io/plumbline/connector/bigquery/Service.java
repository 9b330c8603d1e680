package io.plumbline.connector.bigquery;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.util.Data;
import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.GetQueryResultsResponse;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.QueryRequest;
import com.google.api.services.bigquery.model.QueryResponse;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableRow;
import com.google.api.services.bigquery.model.TableSchema;
import io.plumbline.matrix.connector.Interruption;
import io.plumbline.matrix.connector.SystemFailureException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Jobs, queries and tables of a project, and their failures as unchecked exceptions: a {@link
 * BigqueryException} where BigQuery refused, a {@link SystemFailureException} where it could not be
 * reached or lets nobody in. Safe for use by several threads.
 *
 * <p>A job has an id of its own before it is asked for. So a request whose answer was lost is sent
 * again, and never makes a second job: "Running jobs programmatically" ({@code
 * https://cloud.google.com/bigquery/docs/running-jobs#generate-jobid}).
 */
final class Service implements AutoCloseable {
  private static final long ROWS_PER_PAGE = 1_000;

  /** How long the service itself waits for a query before it says that it is not done. */
  private static final long LONG_POLL_MILLIS = 10_000;

  private static final int PAUSES_WHEN_BUSY = 6;
  private static final int PAUSES_WHEN_LOST = 2;

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final Set<Integer> LOCKED_OUT = Set.of(401, 403);
  private static final Set<Integer> BUSY = Set.of(429, 500, 502, 503, 504);
  private static final Set<String> BUSY_REASONS = Set.of("rateLimitExceeded", "backendError");

  private final ExecutorService requests = Executors.newCachedThreadPool(Service::thread);
  private final Endpoint endpoint;
  private final Bigquery api;

  /** A project; nothing is asked of it yet. */
  Service(Endpoint endpoint) {
    this.endpoint = endpoint;
    this.api = endpoint.connect();
  }

  private static Thread thread(Runnable request) {
    Thread thread = new Thread(request, "plumbline-bigquery-request");
    thread.setDaemon(true);
    return thread;
  }

  /** A request, made anew for each time that it is sent. */
  @FunctionalInterface
  private interface Request<T> {
    T send() throws IOException;
  }

  /** An answer that is no success. */
  private record Refusal(int status, String reason, String message, IOException cause) {
    static Refusal of(HttpResponseException e) {
      GoogleJsonError told =
          e instanceof GoogleJsonResponseException json ? json.getDetails() : null;
      if (told == null) {
        return new Refusal(e.getStatusCode(), "", String.valueOf(e.getStatusMessage()), e);
      }
      boolean unreasoned = told.getErrors() == null || told.getErrors().isEmpty();
      return new Refusal(
          e.getStatusCode(),
          unreasoned ? "" : String.valueOf(told.getErrors().get(0).getReason()),
          String.valueOf(told.getMessage()),
          e);
    }

    boolean busy() {
      return BUSY.contains(status) || (status == 403 && BUSY_REASONS.contains(reason));
    }
  }

  /** Fails unless the project is there and lets one in. */
  void requireProject() {
    boolean missing =
        sendUnless(
                NOT_FOUND,
                () -> api.datasets().list(endpoint.project()).setMaxResults(1L).execute())
            .isEmpty();
    if (missing) {
      throw new SystemFailureException(
          BigqueryTypes.FAMILY, "There is no project at %s.".formatted(endpoint));
    }
  }

  void createDataset(String name) {
    Dataset dataset =
        new Dataset()
            .setDatasetReference(
                new DatasetReference().setProjectId(endpoint.project()).setDatasetId(name));
    // That it is there already is the answer to a request that was sent twice.
    sendUnless(CONFLICT, () -> api.datasets().insert(endpoint.project(), dataset).execute());
  }

  /** Removes a dataset with everything in it; one that is not there is removed already. */
  void dropDataset(String name) {
    sendUnless(
        NOT_FOUND,
        () -> {
          api.datasets().delete(endpoint.project(), name).setDeleteContents(true).execute();
          return true;
        });
  }

  void dropTable(String dataset, String table) {
    sendUnless(
        NOT_FOUND,
        () -> {
          api.tables().delete(endpoint.project(), dataset, table).execute();
          return true;
        });
  }

  /** The names of a table's columns, in its own order; empty when there is no table. */
  List<String> columns(String dataset, String table) {
    return sendUnless(
            NOT_FOUND, () -> api.tables().get(endpoint.project(), dataset, table).execute())
        .map(found -> columns(found.getSchema()))
        .orElse(List.of());
  }

  private static List<String> columns(@Nullable TableSchema schema) {
    return schema == null || schema.getFields() == null
        ? List.of()
        : schema.getFields().stream().map(TableFieldSchema::getName).toList();
  }

  /** Runs a statement that changes something. */
  void execute(String statement) {
    run(
        job(
            new JobConfiguration()
                .setQuery(new JobConfigurationQuery().setQuery(statement).setUseLegacySql(false))),
        null);
  }

  /**
   * Appends rows to a table, all of them or none.
   *
   * @param rows JSON objects, one a line
   */
  void load(String dataset, String table, ByteArrayContent rows) {
    TableReference destination =
        new TableReference()
            .setProjectId(endpoint.project())
            .setDatasetId(dataset)
            .setTableId(table);
    run(
        job(
            new JobConfiguration()
                .setLoad(
                    new JobConfigurationLoad()
                        .setDestinationTable(destination)
                        .setSourceFormat("NEWLINE_DELIMITED_JSON")
                        .setCreateDisposition("CREATE_NEVER")
                        .setWriteDisposition("WRITE_APPEND"))),
        rows);
  }

  private Job job(JobConfiguration configuration) {
    return new Job()
        .setConfiguration(configuration)
        .setJobReference(
            new JobReference()
                .setProjectId(endpoint.project())
                .setJobId("plumbline_" + UUID.randomUUID()));
  }

  private void run(Job asked, @Nullable ByteArrayContent media) {
    JobReference reference = asked.getJobReference();
    try {
      Job told = sendUnless(CONFLICT, () -> insert(asked, media)).orElseGet(() -> ask(reference));
      JobReference located = located(reference, told);
      Patience patience = new Patience();
      while (!done(told)) {
        await(located, asked.getConfiguration().getQuery() != null, patience);
        told = ask(located);
      }
      ErrorProto error = told.getStatus().getErrorResult();
      if (error != null) {
        throw new BigqueryException("BigQuery: " + sentence(error.getMessage()));
      }
    } catch (SystemFailureException e) {
      if (Thread.currentThread().isInterrupted()) {
        Interruption.deferred(() -> cancel(reference));
      }
      throw e;
    }
  }

  /** In one request, because an emulator names an address for a second one that only itself has. */
  private Job insert(Job asked, @Nullable ByteArrayContent media) throws IOException {
    if (media == null) {
      return api.jobs().insert(endpoint.project(), asked).execute();
    }
    Bigquery.Jobs.Insert insert = api.jobs().insert(endpoint.project(), asked, media);
    insert.getMediaHttpUploader().setDirectUploadEnabled(true);
    return insert.execute();
  }

  private static JobReference located(JobReference asked, Job told) {
    JobReference known = told.getJobReference();
    return known == null ? asked : asked.clone().setLocation(known.getLocation());
  }

  private static boolean done(Job told) {
    return told.getStatus() != null && "DONE".equals(told.getStatus().getState());
  }

  private Job ask(JobReference job) {
    return send(
        () ->
            api.jobs()
                .get(endpoint.project(), job.getJobId())
                .setLocation(job.getLocation())
                .execute());
  }

  /** A query is waited for by the service, a load by us. */
  private void await(JobReference job, boolean query, Patience patience) {
    if (query) {
      send(() -> page(job, null).setMaxResults(0L).execute());
    } else {
      patience.pause();
      interruption();
    }
  }

  /** A job whose end nobody waits for must not change a target later on. */
  private void cancel(JobReference job) {
    try {
      send(() -> api.jobs().cancel(endpoint.project(), job.getJobId()).execute());
    } catch (SystemFailureException | BigqueryException e) {
      // It has ended, or there is nobody to tell; whoever waited for it has been told.
      return;
    }
  }

  /** The rows of a query, in their order and without holding more of them than a page. */
  void select(String query, Consumer<List<@Nullable String>> visitor) {
    QueryRequest request =
        new QueryRequest()
            .setQuery(query)
            .setUseLegacySql(false)
            .setMaxResults(ROWS_PER_PAGE)
            .setTimeoutMs(LONG_POLL_MILLIS);
    QueryResponse first = send(() -> api.jobs().query(endpoint.project(), request).execute());
    JobReference job = first.getJobReference();
    Page page =
        new Page(
            first.getJobComplete(), first.getRows(), first.getPageToken(), first.getTotalRows());
    long visited = 0;
    while (true) {
      for (TableRow row : page.rows()) {
        visitor.accept(cells(row));
        visited++;
      }
      String next = page.token();
      if (page.complete() && next == null) {
        break;
      }
      GetQueryResultsResponse more = send(() -> page(job, next).execute());
      page =
          new Page(more.getJobComplete(), more.getRows(), more.getPageToken(), more.getTotalRows());
    }
    if (page.total() != visited) {
      throw new SystemFailureException(
          BigqueryTypes.FAMILY,
          "A query has %d rows, and %d of them were told.".formatted(page.total(), visited));
    }
  }

  /** What a query has told so far; a query that is not complete has told no rows. */
  private record Page(boolean complete, List<TableRow> rows, @Nullable String token, long total) {
    Page(
        @Nullable Boolean complete,
        @Nullable List<TableRow> rows,
        @Nullable String token,
        @Nullable BigInteger total) {
      this(
          Boolean.TRUE.equals(complete),
          rows == null ? List.of() : rows,
          token == null || token.isEmpty() ? null : token,
          total == null ? 0 : total.longValueExact());
    }
  }

  private Bigquery.Jobs.GetQueryResults page(JobReference job, @Nullable String token)
      throws IOException {
    return api.jobs()
        .getQueryResults(endpoint.project(), job.getJobId())
        .setLocation(job.getLocation())
        .setMaxResults(ROWS_PER_PAGE)
        .setTimeoutMs(LONG_POLL_MILLIS)
        .setPageToken(token);
  }

  private static List<@Nullable String> cells(TableRow row) {
    List<@Nullable String> cells = new ArrayList<>(row.getF().size());
    row.getF()
        .forEach(cell -> cells.add(Data.isNull(cell.getV()) ? null : String.valueOf(cell.getV())));
    return cells;
  }

  private <T> T send(Request<T> request) {
    return sendUnless(0, request)
        .orElseThrow(() -> new IllegalStateException("A request without an answer."));
  }

  /** The answer to a request; empty when it is refused with a status that is no failure. */
  private <T> Optional<T> sendUnless(int expected, Request<T> request) {
    Patience patience = new Patience();
    while (true) {
      try {
        return Optional.of(await(requests.submit(request::send)));
      } catch (HttpResponseException e) {
        Refusal refusal = Refusal.of(e);
        if (refusal.status() == expected) {
          return Optional.empty();
        }
        if (!refusal.busy() || patience.pauses() == PAUSES_WHEN_BUSY) {
          throw failure(refusal);
        }
      } catch (IOException e) {
        if (patience.pauses() == PAUSES_WHEN_LOST) {
          throw new SystemFailureException(
              BigqueryTypes.FAMILY, "The connection to %s was lost.".formatted(endpoint), e);
        }
      }
      patience.pause();
      interruption();
    }
  }

  private static <T> T await(Future<T> answer) throws IOException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException("A request failed.", e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw interrupted();
    }
  }

  private static void interruption() {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted();
    }
  }

  private static SystemFailureException interrupted() {
    return new SystemFailureException(BigqueryTypes.FAMILY, "A request was interrupted.");
  }

  private RuntimeException failure(Refusal refusal) {
    if (LOCKED_OUT.contains(refusal.status())) {
      return new SystemFailureException(
          BigqueryTypes.FAMILY,
          "%s lets nobody in with these credentials: %s"
              .formatted(endpoint, sentence(refusal.message())),
          refusal.cause());
    }
    if (refusal.busy()) {
      return new SystemFailureException(
          BigqueryTypes.FAMILY,
          "%s is too busy: %s".formatted(endpoint, sentence(refusal.message())),
          refusal.cause());
    }
    return new BigqueryException("BigQuery: " + sentence(refusal.message()), refusal.cause());
  }

  /** What BigQuery says is a line, with or without a full stop. */
  private static String sentence(@Nullable String message) {
    String line = String.valueOf(message).lines().findFirst().orElse("").strip();
    return line.endsWith(".") ? line : line + ".";
  }

  @Override
  public void close() {
    requests.shutdownNow();
  }
}
