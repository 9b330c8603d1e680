package io.plumbline.connector.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.connector.api.Faults.Fault;
import io.plumbline.connector.json.FixtureRows;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.SystemFailureException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server that plays an API for the cases of a run, on the loopback interface: a collection
 * per case, in pages of at most {@value #MOST_ROWS} rows, its change feed, and a fingerprint per
 * partition with an ETag. It has bad moments ({@link Faults}).
 */
final class FixtureApi implements AutoCloseable {
  static final int MOST_ROWS = 500;
  private static final int THREADS = 4;
  private static final int NOT_MODIFIED = 304;
  private static final int NOT_FOUND = 404;
  private static final JsonFactory JSON = new JsonFactory();

  private final HttpServer server;
  private final ExecutorService threads;
  private final Faults faults;

  private FixtureApi(HttpServer server, ExecutorService threads, Faults faults) {
    this.server = server;
    this.threads = threads;
    this.faults = faults;
  }

  /** Starts a server on a port of its own. */
  static FixtureApi start(Faults faults) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      ExecutorService threads =
          Executors.newFixedThreadPool(
              THREADS,
              task -> {
                Thread thread = new Thread(task, "plumbline-fixture-api");
                thread.setDaemon(true);
                return thread;
              });
      server.setExecutor(threads);
      server.start();
      return new FixtureApi(server, threads, faults);
    } catch (IOException e) {
      throw new SystemFailureException(
          ApiConnector.FAMILY, "The fixture's server cannot listen on the loopback interface.", e);
    }
  }

  /** Where it listens. */
  URI address() {
    return URI.create(
        "http://%s:%d"
            .formatted(
                InetAddress.getLoopbackAddress().getHostAddress(), server.getAddress().getPort()));
  }

  /** Serves a collection. */
  void serve(String path, Orders orders, CaseScope scope) {
    server.createContext(path, new Collection(path, orders, scope)::handle);
  }

  /** No longer serves a collection. */
  void remove(String path) {
    server.removeContext(path);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** The requests for one collection. */
  private final class Collection {
    private final String path;
    private final Orders orders;
    private final FixtureRows rows;
    private final AtomicLong requests = new AtomicLong();
    private final Map<String, Long> totals = new ConcurrentHashMap<>();

    Collection(String path, Orders orders, CaseScope scope) {
      this.path = path;
      this.orders = orders;
      this.rows = new FixtureRows(scope.columns());
    }

    void handle(HttpExchange exchange) throws IOException {
      try (exchange) {
        Fault fault = faults.at(requests.getAndIncrement());
        switch (fault) {
          case UNAVAILABLE -> exchange.sendResponseHeaders(503, -1);
          case BROKEN -> exchange.sendResponseHeaders(500, -1);
          case TOO_MANY -> {
            exchange.getResponseHeaders().set("Retry-After", "0");
            exchange.sendResponseHeaders(429, -1);
          }
          // Closed by the exchange, without a word.
          case DROPPED -> {}
          default -> answer(exchange, fault);
        }
      }
    }

    private void answer(HttpExchange exchange, Fault fault) throws IOException {
      Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
      String etag = "\"%d\"".formatted(orders.sequence());
      byte[] body;
      switch (exchange.getRequestURI().getPath().substring(path.length())) {
        case "" -> body = rows(query, fault);
        case "/changes" -> body = changes(query, fault);
        case "/partitions" -> {
          if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(NOT_MODIFIED, -1);
            return;
          }
          body = partitions();
        }
        default -> {
          exchange.sendResponseHeaders(NOT_FOUND, -1);
          return;
        }
      }
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.getResponseHeaders().set("ETag", etag);
      exchange.sendResponseHeaders(200, body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body, 0, fault == Fault.TRUNCATED ? body.length / 2 : body.length);
      }
    }

    private byte[] rows(Map<String, String> query, Fault fault) throws IOException {
      long asOf = number(query, "as_of", orders.sequence());
      String dates = query.getOrDefault("business_date", Orders.EVERY_DATE);
      int limit = limit(query);
      List<byte[]> items = new ArrayList<>();
      long id = number(query, "after", 0);
      for (long left = limit; left > 0; left--) {
        id = orders.next(id, asOf, dates);
        if (id == Orders.NONE) {
          break;
        }
        items.add(row(id, orders.version(id, asOf)));
      }
      boolean more = id != Orders.NONE && orders.next(id, asOf, dates) != Orders.NONE;
      return page(asOf, total(asOf, dates), lie(items, fault), more ? Long.toString(id) : null);
    }

    /** One at a time, because all of them share what is known of the values. */
    private byte[] row(long id, int version) {
      synchronized (rows) {
        return rows.json(orders.row(id, version));
      }
    }

    /** Counted once for all pages of a read. */
    private long total(long asOf, String dates) {
      return totals.computeIfAbsent(
          asOf + " " + dates,
          read -> {
            long total = 0;
            for (long id = orders.next(0, asOf, dates);
                id != Orders.NONE;
                id = orders.next(id, asOf, dates)) {
              total++;
            }
            return total;
          });
    }

    private byte[] changes(Map<String, String> query, Fault fault) throws IOException {
      long until = number(query, "until", orders.sequence());
      long after = number(query, "after", 0);
      long last = Math.min(until, after + limit(query));
      boolean withRows = Boolean.parseBoolean(query.getOrDefault("rows", "true"));
      List<byte[]> items = new ArrayList<>();
      for (long sequence = after + 1; sequence <= last; sequence++) {
        items.add(change(orders.change(sequence), withRows));
      }
      return page(
          until, until - after, lie(items, fault), last < until ? Long.toString(last) : null);
    }

    private byte[] change(Orders.Change change, boolean withRows) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (JsonGenerator json = JSON.createGenerator(out)) {
        json.writeStartObject();
        json.writeNumberField("sequence", change.sequence());
        json.writeStringField("id", Long.toString(change.id()));
        json.writeStringField("op", change.version() == 0 ? "delete" : "upsert");
        json.writeFieldName("row");
        if (change.version() == 0 || !withRows) {
          json.writeNull();
        } else {
          json.writeRawValue(
              new String(row(change.id(), change.version()), StandardCharsets.UTF_8));
        }
        json.writeEndObject();
      }
      return out.toByteArray();
    }

    private byte[] partitions() throws IOException {
      long asOf = orders.sequence();
      List<byte[]> items = new ArrayList<>();
      orders
          .fingerprints(asOf)
          .forEach(
              (date, fingerprint) ->
                  items.add(
                      "{\"business_date\":\"%s\",\"fingerprint\":\"%s\"}"
                          .formatted(date, fingerprint)
                          .getBytes(StandardCharsets.UTF_8)));
      return page(asOf, items.size(), items, null);
    }
  }

  private static List<byte[]> lie(List<byte[]> items, Fault fault) {
    List<byte[]> told = new ArrayList<>(items);
    if (fault == Fault.REPEATED_ROW) {
      told.add(told.size() / 2, told.get(told.size() / 2));
    } else if (fault == Fault.MISSING_ROW) {
      told.remove(told.size() / 2);
    }
    return told;
  }

  private static byte[] page(long sequence, long total, List<byte[]> items, @Nullable String next)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(
        "{\"sequence\":%d,\"total\":%d,\"items\":["
            .formatted(sequence, total)
            .getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.write(items.get(i));
    }
    out.write(
        "],\"next\":%s}"
            .formatted(next == null ? "null" : '"' + next + '"')
            .getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private static int limit(Map<String, String> query) {
    return (int) Math.min(MOST_ROWS, number(query, "limit", MOST_ROWS));
  }

  private static long number(Map<String, String> query, String name, long otherwise) {
    String value = query.get(name);
    return value == null ? otherwise : Long.parseLong(value);
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new HashMap<>();
    if (raw != null) {
      for (String part : raw.split("&", -1)) {
        int equals = part.indexOf('=');
        query.put(part.substring(0, equals), part.substring(equals + 1));
      }
    }
    return query;
  }
}
