package io.plumbline.connector.bigquery.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Serves one project. Killed, it forgets the connections and keeps the tables, as a service does.
 */
public final class RestServer implements AutoCloseable {
  /** The project that there is. */
  public static final String PROJECT = "lab";

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

  private final Warehouse warehouse;
  private final Jobs jobs = new Jobs();
  private final Faults faults = new Faults();
  private final Routes routes;
  private final ExecutorService requests = Executors.newCachedThreadPool(RestServer::thread);
  private final int port;
  private @Nullable HttpServer server;

  private RestServer(Warehouse warehouse, Manners manners) {
    this.warehouse = warehouse;
    this.routes = new Routes(manners, warehouse, jobs, faults);
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
    return routes.statements();
  }

  /** How many rows load jobs have brought. */
  public long rowsLoaded() {
    return routes.rowsLoaded();
  }

  /** How many jobs somebody has ended. */
  public int cancelled() {
    return routes.cancelled();
  }

  /** Jobs that are held begin, and do nothing before they are let go. */
  public HeldJobs holdJobs() {
    return routes.holdJobs();
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
        answer = JSON.writeValueAsBytes(routes.answer(exchange, path, body));
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

  @Override
  public void close() {
    kill();
    jobs.close();
    requests.shutdownNow();
    warehouse.close();
  }
}
