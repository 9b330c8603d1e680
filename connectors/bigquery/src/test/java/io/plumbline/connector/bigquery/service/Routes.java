package io.plumbline.connector.bigquery.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the parts of the REST API do and answer. */
final class Routes {
  private static final String LOCATION = "europe-north1";

  /** Less than anybody asks for, so that there are pages. */
  private static final int MOST_ROWS_OF_A_PAGE = 700;

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final String PATH = "/bigquery/v2/projects/" + RestServer.PROJECT + "/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RestServer.Manners manners;
  private final Warehouse warehouse;
  private final Jobs jobs;
  private final Faults faults;
  private final List<String> statements = new CopyOnWriteArrayList<>();
  private final AtomicInteger cancelled = new AtomicInteger();
  private final AtomicLong rowsLoaded = new AtomicLong();
  private volatile @Nullable HeldJobs holding;

  Routes(RestServer.Manners manners, Warehouse warehouse, Jobs jobs, Faults faults) {
    this.manners = manners;
    this.warehouse = warehouse;
    this.jobs = jobs;
    this.faults = faults;
  }

  List<String> statements() {
    return List.copyOf(statements);
  }

  long rowsLoaded() {
    return rowsLoaded.get();
  }

  int cancelled() {
    return cancelled.get();
  }

  HeldJobs holdJobs() {
    HeldJobs held = new HeldJobs(() -> holding = null);
    holding = held;
    return held;
  }

  /** The answer to a request, as far as it is no failure. */
  ObjectNode answer(HttpExchange exchange, String path, byte[] body)
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
      case "GET datasets/*" -> {
        warehouse.tables(parts.get(1));
        yield JSON.createObjectNode().put("location", LOCATION);
      }
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
        if (manners == RestServer.Manners.EMULATOR) {
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
          HeldJobs held = holding;
          if (held != null) {
            held.hold();
          }
          statements.add(text);
          return warehouse.run(new Statement(text));
        });
    if (manners == RestServer.Manners.EMULATOR) {
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
    if (manners == RestServer.Manners.SERVICE) {
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
    if (manners == RestServer.Manners.SERVICE && !LOCATION.equals(asked.get("location"))) {
      throw Refused.notFound("Job in location " + asked.get("location"));
    }
  }

  private ObjectNode job(String id) throws Refused {
    boolean done = jobs.done(id, Duration.ZERO);
    ObjectNode answer = JSON.createObjectNode();
    answer
        .putObject("jobReference")
        .put("projectId", RestServer.PROJECT)
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
    if (manners == RestServer.Manners.EMULATOR) {
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
        .put("projectId", RestServer.PROJECT)
        .put("jobId", id)
        .put("location", LOCATION);
    if (!done) {
      return answer;
    }
    List<List<@Nullable String>> all = jobs.result(id).rows();
    int page = manners == RestServer.Manners.SERVICE ? Math.min(most, MOST_ROWS_OF_A_PAGE) : most;
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
}
