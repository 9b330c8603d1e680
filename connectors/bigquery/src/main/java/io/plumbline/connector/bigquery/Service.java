package io.plumbline.connector.bigquery;

import com.google.api.client.http.ByteArrayContent;
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
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.lab.Interruption;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Jobs, queries and tables of a project; failures are those of {@link Requests}. Safe for use by
 * several threads.
 *
 * <p>A job has an id of its own before it is asked for. So a request whose answer was lost is sent
 * again, and to the service never makes a second job: "Running jobs programmatically" ({@code
 * https://cloud.google.com/bigquery/docs/running-jobs#generate-jobid}).
 */
final class Service implements AutoCloseable {
  private static final long ROWS_PER_PAGE = 1_000;

  /** How long the service itself waits for a query before it says that it is not done. */
  private static final long LONG_POLL_MILLIS = 10_000;

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final Endpoint endpoint;
  private final Requests requests;
  private final Bigquery api;

  /** Where jobs run; null where the project says. */
  private final @Nullable String location;

  private Service(Endpoint endpoint, Requests requests, Bigquery api, @Nullable String location) {
    this.endpoint = endpoint;
    this.requests = requests;
    this.api = api;
    this.location = location;
  }

  /** A project; nothing is asked of it yet. */
  Service(Endpoint endpoint) {
    this(endpoint, endpoint.connect());
  }

  /** The same by way of a client. */
  Service(Endpoint endpoint, Bigquery api) {
    this(endpoint, new Requests(endpoint), api, null);
  }

  /** Fails unless the project is there and lets one in. */
  void requireProject() {
    boolean missing =
        requests
            .sendUnless(
                NOT_FOUND,
                () -> api.datasets().list(endpoint.project()).setMaxResults(1L).execute())
            .isEmpty();
    if (missing) {
      throw new SystemFailureException(
          BigqueryTypes.FAMILY, "There is no project at %s.".formatted(endpoint));
    }
  }

  /**
   * Makes a dataset; one of its name is removed first. Whoever may make datasets may not be told
   * whether there is one.
   *
   * @return the project with jobs where the dataset is: of a job elsewhere nothing is known
   *     ("jobs.cancel", {@code
   *     https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/cancel})
   */
  Service createDataset(String name) {
    Dataset dataset =
        new Dataset()
            .setDatasetReference(
                new DatasetReference().setProjectId(endpoint.project()).setDatasetId(name));
    Requests.Request<Dataset> insert =
        () -> api.datasets().insert(endpoint.project(), dataset).execute();
    Optional<Dataset> made = requests.sendUnless(CONFLICT, insert);
    if (made.isEmpty()) {
      dropDataset(name);
      made = requests.sendUnless(CONFLICT, insert);
    }
    // That it is there already is the answer to a request that was sent twice.
    Dataset found =
        made.orElseGet(
            () -> requests.send(() -> api.datasets().get(endpoint.project(), name).execute()));
    return new Service(endpoint, requests, api, found.getLocation());
  }

  /** Removes a dataset with everything in it; one that is not there is removed already. */
  void dropDataset(String name) {
    requests.sendUnless(
        NOT_FOUND,
        () -> {
          api.datasets().delete(endpoint.project(), name).setDeleteContents(true).execute();
          return true;
        });
  }

  void dropTable(String dataset, String table) {
    requests.sendUnless(
        NOT_FOUND,
        () -> {
          api.tables().delete(endpoint.project(), dataset, table).execute();
          return true;
        });
  }

  /** The names of a table's columns, in its own order; empty when there is no table. */
  List<String> columns(String dataset, String table) {
    return requests
        .sendUnless(NOT_FOUND, () -> api.tables().get(endpoint.project(), dataset, table).execute())
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
        new JobConfiguration()
            .setQuery(new JobConfigurationQuery().setQuery(statement).setUseLegacySql(false)),
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
        new JobConfiguration()
            .setLoad(
                new JobConfigurationLoad()
                    .setDestinationTable(destination)
                    .setSourceFormat("NEWLINE_DELIMITED_JSON")
                    .setCreateDisposition("CREATE_NEVER")
                    .setWriteDisposition("WRITE_APPEND")),
        rows);
  }

  /** What fails has changed nothing, and may be asked for again as another job. */
  private void run(JobConfiguration configuration, @Nullable ByteArrayContent media) {
    Patience patience = new Patience();
    while (true) {
      @Nullable ErrorProto error = ended(configuration, media);
      if (error == null) {
        return;
      }
      if (!Requests.passing(error.getReason()) || Requests.enough(patience)) {
        throw new BigqueryException("BigQuery: " + Requests.sentence(error.getMessage()));
      }
      patience.pause();
      Requests.interruption();
    }
  }

  /** Runs a job to its end; null when that is a good one. */
  private @Nullable ErrorProto ended(
      JobConfiguration configuration, @Nullable ByteArrayContent media) {
    JobReference reference =
        new JobReference()
            .setProjectId(endpoint.project())
            .setLocation(location)
            .setJobId("plumbline_" + UUID.randomUUID());
    Job asked = new Job().setConfiguration(configuration).setJobReference(reference);
    try {
      Job told =
          requests.sendUnless(CONFLICT, () -> insert(asked, media)).orElseGet(() -> ask(reference));
      Patience patience = new Patience();
      while (!done(told)) {
        await(reference, configuration.getQuery() != null, patience);
        told = ask(reference);
      }
      return told.getStatus().getErrorResult();
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

  private static boolean done(Job told) {
    return told.getStatus() != null && "DONE".equals(told.getStatus().getState());
  }

  private Job ask(JobReference job) {
    return requests.send(
        () ->
            api.jobs()
                .get(endpoint.project(), job.getJobId())
                .setLocation(job.getLocation())
                .execute());
  }

  /**
   * A query is waited for by the service, a load by us. The result of a query that has failed is
   * its failure, which says nothing of this request.
   */
  private void await(JobReference job, boolean query, Patience patience) {
    if (!query || !requests.answers(() -> page(job, null).setMaxResults(0L).execute())) {
      patience.pause();
      Requests.interruption();
    }
  }

  /**
   * A job whose end nobody waits for must not change a target later on. An emulator has one request
   * at a time, and would hear of it when the job has ended.
   */
  private void cancel(JobReference job) {
    if (endpoint.service()) {
      requests.lastly(
          () ->
              api.jobs()
                  .cancel(endpoint.project(), job.getJobId())
                  .setLocation(job.getLocation())
                  .execute());
    }
  }

  /** The rows of a query, in their order and without holding more of them than a page. */
  void select(String query, Consumer<List<@Nullable String>> visitor) {
    QueryRequest request =
        new QueryRequest()
            .setQuery(query)
            .setUseLegacySql(false)
            .setUseQueryCache(false)
            .setLocation(location)
            .setMaxResults(ROWS_PER_PAGE)
            .setTimeoutMs(LONG_POLL_MILLIS);
    QueryResponse first =
        requests.send(() -> api.jobs().query(endpoint.project(), request).execute());
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
      GetQueryResultsResponse more = requests.send(() -> page(job, next).execute());
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

  @Override
  public void close() {
    requests.close();
  }
}
