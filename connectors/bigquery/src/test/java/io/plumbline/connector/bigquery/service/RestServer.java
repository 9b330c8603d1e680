package io.plumbline.connector.bigquery.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Serves one project. Killed, it forgets the connections and keeps the tables, as a service does.
 */
public final class RestServer implements AutoCloseable {
  /** The project that there is. */
  public static final String PROJECT = "lab";

  private static final String LOCATION = "europe-north1";

  /** Less than anybody asks for, so that there are pages. */
  private static final int MOST_ROWS_OF_A_PAGE = 700;

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final String PATH = "/bigquery/v2/projects/" + PROJECT + "/";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How requests are answered. */
  public enum Manners {
    /** At once, whether a job is done or not, and in pages. */
    SERVICE,
    /**
     * As goccy/bigquery-emulator does by its source: when a job is done; an upload without a
     * status, every job that is asked for as done, and results whole.
     */
    EMULATOR
  }

  private final Manners manners;
  private final Warehouse warehouse;
  private final Jobs jobs = new Jobs();
  private final Faults faults = new Faults();
  private final List<String> statements = new CopyOnWriteArrayList<>();
  private final ExecutorService requests = Executors.newCachedThreadPool(RestServer::thread);
  private final int port;
  private final AtomicInteger cancelled = new AtomicInteger();
  private final AtomicLong rowsLoaded = new AtomicLong();
  private volatile @Nullable Held holding;
  private @Nullable HttpServer server;

  private RestServer(Warehouse warehouse, Manners manners) {
    this.warehouse = warehouse;
    this.manners = manners;
    this.port = listen(0);
  }

  /** Starts on a port of its own of the loopback interface. */
  public static RestServer start(Manners manners) {
    try {
      return new RestServer(new Warehouse(), manners);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Thread thread(Runnable request) {
    Thread thread = new Thread(request, "bigquery-service-request");
    thread.setDaemon(true);
    return thread;
  }

  /** Why this machine cannot have it; empty when it can. */
  public static String missing() {
    try {
      GoogleSql.require();
      return "";
    } catch (Refused | LinkageError | java.util.ServiceConfigurationError e) {
      return "GoogleSQL's analyzer cannot be loaded: " + e.getMessage();
    }
  }

  private int listen(int wanted) {
    try {
      HttpServer listening =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
      listening.createContext("/", this::handle);
      listening.setExecutor(requests);
      listening.start();
      server = listening;
      return listening.getAddress().getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** Its address, as a connector takes it. */
  public String address() {
    return address(PROJECT);
  }

  /** The same for a project that may not be there. */
  public String address(String project) {
    return "http://localhost:%d/projects/%s".formatted(port, project);
  }

  /** What goes wrong. */
  public Faults faults() {
    return faults;
  }

  /** The statements of all jobs that changed something, in their order. */
  public List<String> statements() {
    return List.copyOf(statements);
  }

  /** How many rows load jobs have brought. */
  public long rowsLoaded() {
    return rowsLoaded.get();
  }

  /** How many jobs somebody has ended. */
  public int cancelled() {
    return cancelled.get();
  }

  /** Jobs that are held begin, and do nothing before they are let go. */
  public Held holdJobs() {
    Held held = new Held();
    holding = held;
    return held;
  }

  /** Lets the jobs go when it is closed. */
  public final class Held implements AutoCloseable {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);

    private Held() {}

    /** Waits until there is one. */
    public void awaitJob() throws InterruptedException {
      begun.await();
    }

    private void hold() throws InterruptedException {
      begun.countDown();
      gone.await();
    }

    @Override
    public void close() {
      holding = null;
      gone.countDown();
    }
  }

  private void holdIfAsked() throws InterruptedException {
    Held held = holding;
    if (held != null) {
      held.hold();
    }
  }

  /** The datasets that are there. */
  public List<String> datasets() {
    return warehouse.datasets();
  }

  /** The tables that are there, with their datasets. */
  public List<String> tables() {
    return warehouse.allTables();
  }

  /** False once it was killed. */
  public synchronized boolean alive() {
    return server != null;
  }

  /** Ends as a power cut would. */
  public synchronized void kill() {
    HttpServer listening = server;
    if (listening != null) {
      listening.stop(0);
      server = null;
    }
  }

  /** Listens again, at the same port. */
  public synchronized void restart() {
    if (server == null) {
      listen(port);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String request = exchange.getRequestMethod() + " " + path;
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      int status = 200;
      byte[] answer;
      Faults.Busy busy = faults.statusOf(request).orElse(null);
      try {
        if (busy != null) {
          throw new Refused(busy.status(), busy.reason(), "Not now");
        }
        answer = JSON.writeValueAsBytes(answer(exchange, path, body));
      } catch (Refused e) {
        status = e.status();
        answer = JSON.writeValueAsBytes(error(e));
      }
      if (busy == null && faults.losesAnswerOf(request)) {
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private static ObjectNode error(Refused refused) {
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode error = answer.putObject("error");
    error.put("code", refused.status());
    error.put("message", String.valueOf(refused.getMessage()));
    error
        .putArray("errors")
        .addObject()
        .put("reason", refused.reason())
        .put("message", String.valueOf(refused.getMessage()));
    return answer;
  }

  private ObjectNode answer(HttpExchange exchange, String path, byte[] body)
      throws Refused, JsonProcessingException {
    boolean upload = path.startsWith("/upload/");
    String known = upload ? path.substring("/upload".length()) : path;
    if (!known.startsWith(PATH)) {
      throw Refused.notFound(
          "Project " + known.split("/", -1)[Math.min(4, known.split("/", -1).length - 1)]);
    }
    List<String> parts = Arrays.asList(known.substring(PATH.length()).split("/", -1));
    Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
    String method = exchange.getRequestMethod() + " " + shape(parts);
    return switch (method) {
      case "GET datasets" -> JSON.createObjectNode();
      case "POST datasets" -> createDataset(JSON.readTree(text(body)));
      case "DELETE datasets/*" -> {
        warehouse.dropDataset(parts.get(1), "true".equals(asked.get("deleteContents")));
        yield JSON.createObjectNode();
      }
      case "GET datasets/*/tables/*" -> table(parts.get(1), parts.get(3));
      case "DELETE datasets/*/tables/*" -> {
        warehouse.dropTable(parts.get(1), parts.get(3));
        yield JSON.createObjectNode();
      }
      case "POST jobs" -> upload ? load(exchange, asked, body) : query(JSON.readTree(text(body)));
      case "GET jobs/*" -> {
        requireLocation(asked);
        ObjectNode job = job(parts.get(1));
        if (manners == Manners.EMULATOR) {
          job.putObject("status").put("state", "DONE");
        }
        yield job;
      }
      case "POST jobs/*/cancel" -> {
        requireLocation(asked);
        jobs.cancel(parts.get(1));
        cancelled.incrementAndGet();
        yield JSON.createObjectNode();
      }
      case "POST queries" -> select(JSON.readTree(text(body)));
      case "GET queries/*" -> {
        requireLocation(asked);
        yield page(
            parts.get(1),
            Integer.parseInt(asked.getOrDefault("pageToken", "0")),
            Integer.parseInt(asked.getOrDefault("maxResults", "100000")),
            Long.parseLong(asked.getOrDefault("timeoutMs", "0")));
      }
      default -> throw Refused.notFound(method);
    };
  }

  private static String shape(List<String> parts) {
    List<String> shape = new ArrayList<>(parts);
    for (int i = 1; i < shape.size(); i += 2) {
      shape.set(i, "*");
    }
    return String.join("/", shape);
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new TreeMap<>();
    if (query != null) {
      for (String each : query.split("&", -1)) {
        int equals = each.indexOf('=');
        parameters.put(
            each.substring(0, equals),
            URLDecoder.decode(each.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }

  private ObjectNode createDataset(JsonNode asked) throws Refused {
    warehouse.createDataset(asked.at("/datasetReference/datasetId").asText());
    return JSON.createObjectNode().put("location", LOCATION);
  }

  private ObjectNode table(String dataset, String table) throws Refused {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode fields = answer.putObject("schema").putArray("fields");
    warehouse
        .table(dataset, table)
        .forEach(
            column ->
                fields
                    .addObject()
                    .put("name", column.name())
                    .put("type", column.type())
                    .put("mode", column.required() ? "REQUIRED" : "NULLABLE"));
    return answer;
  }

  private ObjectNode query(JsonNode asked) throws Refused {
    String text = asked.at("/configuration/query/query").asText();
    if (asked.at("/configuration/query/useLegacySql").asBoolean(true)) {
      throw Refused.invalidQuery("Legacy SQL is not spoken here");
    }
    String id = asked.at("/jobReference/jobId").asText();
    boolean fails = faults.failsJobOf(text);
    boolean busy = faults.busyJobOf(text);
    jobs.begin(
        id,
        () -> {
          if (fails) {
            throw Refused.invalidQuery("The query failed.");
          }
          refuseWhen(busy);
          holdIfAsked();
          statements.add(text);
          return warehouse.run(new Statement(text));
        });
    if (manners == Manners.EMULATOR) {
      jobs.done(id, LONG);
    }
    return job(id);
  }

  /** A multipart request: the job, then the rows. */
  private ObjectNode load(HttpExchange exchange, Map<String, String> asked, byte[] body)
      throws Refused, JsonProcessingException {
    if (!"multipart".equals(asked.get("uploadType"))) {
      throw Refused.invalid("uploadType is " + asked.get("uploadType"));
    }
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    String boundary = type.replaceAll(".*boundary=\"?([^\";]+)\"?.*", "$1");
    List<byte[]> parts = Multipart.parts(body, boundary);
    JsonNode job = JSON.readTree(text(parts.get(0)));
    JsonNode load = job.at("/configuration/load");
    if (!load.path("sourceFormat").asText().equals("NEWLINE_DELIMITED_JSON")
        || !load.path("writeDisposition").asText().equals("WRITE_APPEND")) {
      throw Refused.invalid("The small server appends JSON");
    }
    JsonNode to = load.path("destinationTable");
    String id = job.at("/jobReference/jobId").asText();
    boolean fails = faults.failsJobOf("load");
    boolean busy = faults.busyJobOf("load");
    jobs.begin(
        id,
        () -> {
          if (fails) {
            throw Refused.invalid("Error while reading data");
          }
          refuseWhen(busy);
          rowsLoaded.addAndGet(
              warehouse.load(
                  to.path("datasetId").asText(),
                  to.path("tableId").asText(),
                  new ByteArrayInputStream(parts.get(1))));
          return new Warehouse.Result(List.of());
        });
    if (manners == Manners.SERVICE) {
      return job(id);
    }
    jobs.result(id);
    ObjectNode answer = job(id);
    answer.remove("status");
    return answer;
  }

  private static void refuseWhen(boolean busy) throws Refused {
    if (busy) {
      throw new Refused(403, "rateLimitExceeded", "Exceeded rate limits: too many table updates");
    }
  }

  /** A job is known where it runs, and nowhere else. */
  private void requireLocation(Map<String, String> asked) throws Refused {
    if (manners == Manners.SERVICE && !LOCATION.equals(asked.get("location"))) {
      throw Refused.notFound("Job in location " + asked.get("location"));
    }
  }

  private ObjectNode job(String id) throws Refused {
    boolean done = jobs.done(id, Duration.ZERO);
    ObjectNode answer = JSON.createObjectNode();
    answer
        .putObject("jobReference")
        .put("projectId", PROJECT)
        .put("jobId", id)
        .put("location", LOCATION);
    ObjectNode status = answer.putObject("status").put("state", done ? "DONE" : "RUNNING");
    Refused error = jobs.error(id);
    if (error != null) {
      status
          .putObject("errorResult")
          .put("reason", error.reason())
          .put("message", String.valueOf(error.getMessage()));
    }
    return answer;
  }

  private ObjectNode select(JsonNode asked) throws Refused {
    String id = "query_" + jobs.ids().size() + "_" + System.nanoTime();
    String text = asked.path("query").asText();
    jobs.begin(id, () -> warehouse.run(new Statement(text)));
    if (manners == Manners.EMULATOR) {
      return page(id, 0, Integer.MAX_VALUE, LONG.toMillis());
    }
    return page(id, 0, asked.path("maxResults").asInt(), asked.path("timeoutMs").asLong());
  }

  private ObjectNode page(String id, int from, int most, long millis) throws Refused {
    boolean done = jobs.done(id, Duration.ofMillis(millis));
    ObjectNode answer = JSON.createObjectNode();
    answer.put("jobComplete", done);
    answer
        .putObject("jobReference")
        .put("projectId", PROJECT)
        .put("jobId", id)
        .put("location", LOCATION);
    if (!done) {
      return answer;
    }
    List<List<@Nullable String>> all = jobs.result(id).rows();
    int page = manners == Manners.SERVICE ? Math.min(most, MOST_ROWS_OF_A_PAGE) : most;
    int end = Math.min(all.size() - from, page) + from;
    ArrayNode rows = answer.putArray("rows");
    for (List<@Nullable String> row : all.subList(from, end)) {
      ArrayNode cells = rows.addObject().putArray("f");
      row.forEach(cell -> cells.addObject().put("v", cell));
    }
    answer.put("totalRows", String.valueOf(all.size()));
    if (end < all.size() && !faults.cutsResult()) {
      answer.put("pageToken", String.valueOf(end));
    }
    return answer;
  }

  @Override
  public void close() {
    kill();
    jobs.close();
    requests.shutdownNow();
    warehouse.close();
  }
}
