package io.plumbline.connector.clickhouse.chdb;

import com.sun.jna.Native;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * ClickHouse's HTTP interface in front of the engine in this process, as far as its Java client
 * uses it: a statement in the parameter {@code query} or in the body, rows of an INSERT in the
 * body, settings as parameters. See "HTTP Interface" (<a
 * href="https://clickhouse.com/docs/interfaces/http">clickhouse.com/docs/interfaces/http</a>).
 *
 * <p>Started by another JVM with the library and an own directory as arguments. Standard input
 * brings the key that requests must have, and its end is the end of the server, which takes its
 * directory with it: so nothing is left when the other JVM was killed.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class ChdbServer {
  /** Begins the line that says on which port the server listens. */
  public static final String READY = "plumbline chdb listens on ";

  /** A thread runs the engine's code on its own stack. */
  private static final long STACK_BYTES = 64L << 20;

  /** Parameters that are no settings of a statement. */
  private static final Set<String> INTERFACE =
      Set.of(
          "query",
          "default_format",
          "database",
          "query_id",
          "session_id",
          "compress",
          "decompress",
          "wait_end_of_query",
          "client_protocol_version");

  /**
   * No merges in the background: how many physical rows there are depends on what was written, not
   * on the time that passed since. A merge that is asked for ({@code OPTIMIZE … FINAL}) is done.
   */
  private static final String CONFIGURATION =
      """
      <clickhouse>
        <merge_tree>
          <max_bytes_to_merge_at_min_space_in_pool>1</max_bytes_to_merge_at_min_space_in_pool>
          <max_bytes_to_merge_at_max_space_in_pool>1</max_bytes_to_merge_at_max_space_in_pool>
        </merge_tree>
      </clickhouse>
      """;

  private static final Pattern INSERT_OF_BODY =
      Pattern.compile("(?is)\\s*(INSERT\\s+INTO\\s.+?)\\s+FORMAT\\s+(\\w+)\\s*");
  private static final Pattern SELECT = Pattern.compile("(?is)\\s*(SELECT|WITH)\\s.*");
  private static final Pattern DROP = Pattern.compile("(?is)\\s*DROP\\s.*");
  private static final String TEXT = "TabSeparated";
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int FAILED = 500;
  private static final int STREAMED = 0;

  private final ChdbApi api;
  private final Path directory;
  private final byte[] key;
  private final DroppedTables dropped;
  private final Deque<ChdbConnection> idle = new ConcurrentLinkedDeque<>();

  private ChdbServer(ChdbApi api, Path directory, String key) {
    this.api = api;
    this.directory = directory;
    this.dropped = new DroppedTables(directory.resolve("data"));
    this.key = key.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Serves until standard input ends.
   *
   * @param arguments the library's file, and the directory that is the server's own
   */
  public static void main(String[] arguments) throws IOException {
    BufferedReader parent =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String key = parent.readLine();
    if (key == null) {
      return;
    }
    CLibrary c = CLibrary.load();
    c.leaveTheTerminalsGroup();
    Path directory = Path.of(arguments[1]);
    ChdbApi api = Native.load(arguments[0], ChdbApi.class);
    api.chdb_set_signal_handlers_enabled(0);
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("config.xml"), CONFIGURATION);
    ChdbServer server = new ChdbServer(api, directory, key);
    server.idle.add(server.open());
    System.out.println(READY + server.listen());
    try {
      while (parent.readLine() != null) {
        // Whatever is said after the key has no meaning; only the end has.
      }
    } finally {
      new Directory(directory).remove();
      c.killThisProcess();
    }
  }

  private int listen() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/ping", ChdbServer::pong);
    http.createContext("/", this::serve);
    http.setExecutor(threads());
    http.start();
    return http.getAddress().getPort();
  }

  /** As many as there are requests: an extraction may stay open while others work. */
  private static ExecutorService threads() {
    return Executors.newCachedThreadPool(
        task -> {
          Thread thread = new Thread(null, task, "statement", STACK_BYTES);
          thread.setDaemon(true);
          return thread;
        });
  }

  private static void pong(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] answer = "Ok.\n".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(OK, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    Answer answer = new Answer(exchange);
    try {
      if (allowed(exchange)) {
        execute(exchange, answer);
        answer.end();
      } else {
        answer.fail(
            FORBIDDEN,
            "516",
            "Code: 516. DB::Exception: The key is wrong. (AUTHENTICATION_FAILED)");
      }
    } catch (ChdbException e) {
      answer.fail(FAILED, e.code(), String.valueOf(e.getMessage()));
    }
  }

  private boolean allowed(HttpExchange exchange) {
    String given = exchange.getRequestHeaders().getFirst("X-ClickHouse-Key");
    return given != null && MessageDigest.isEqual(key, given.getBytes(StandardCharsets.UTF_8));
  }

  private void execute(HttpExchange exchange, Answer answer) throws IOException {
    Map<String, String> parameters = parameters(exchange.getRequestURI().getRawQuery());
    String given = parameters.getOrDefault("query", "");
    String format = format(exchange, parameters);
    Matcher insert = INSERT_OF_BODY.matcher(given);
    ChdbConnection connection = take();
    try {
      set(connection, parameters, false);
      if (insert.matches()) {
        insert(connection, insert.group(1), insert.group(2), exchange.getRequestBody(), answer);
      } else {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String sql = (given + "\n" + new String(body, StandardCharsets.UTF_8)).strip();
        answer.format(format);
        if (SELECT.matcher(sql).matches()) {
          connection.stream(sql, format, answer::begin);
        } else {
          connection.execute(sql, format, answer::begin);
        }
        if (DROP.matcher(sql).matches()) {
          dropped.remove(connection);
        }
      }
      set(connection, parameters, true);
      idle.addFirst(connection);
    } catch (IOException | RuntimeException | Error e) {
      replace(connection, e);
      throw e;
    }
  }

  /**
   * Nobody knows in which state a connection is whose statement failed. Its successor comes first:
   * the engine ends with its last connection, and on a full disk it does not come back.
   */
  private void replace(ChdbConnection connection, Throwable failure) {
    try {
      idle.addFirst(open());
    } catch (ChdbException e) {
      failure.addSuppressed(e);
    } finally {
      connection.close();
    }
  }

  private static String format(HttpExchange exchange, Map<String, String> parameters) {
    String header = exchange.getRequestHeaders().getFirst("X-ClickHouse-Format");
    return header == null ? parameters.getOrDefault("default_format", TEXT) : header;
  }

  /**
   * Rows can be binary, so they go through a file. Only a body that arrived whole becomes rows:
   * when the client dies in the middle, reading fails.
   */
  private void insert(
      ChdbConnection connection, String into, String format, InputStream body, Answer answer)
      throws IOException {
    Path rows = Files.createTempFile(directory, "rows", ".bin");
    try {
      try (OutputStream file = Files.newOutputStream(rows)) {
        body.transferTo(file);
      }
      connection.execute(
          "%s FROM INFILE '%s' FORMAT %s".formatted(into, escaped(rows.toString()), format),
          TEXT,
          answer::begin);
    } finally {
      Files.delete(rows);
    }
  }

  private static void set(ChdbConnection connection, Map<String, String> parameters, boolean back)
      throws IOException {
    for (Map.Entry<String, String> setting : parameters.entrySet()) {
      if (!INTERFACE.contains(setting.getKey())) {
        String value = back ? "DEFAULT" : "'" + escaped(setting.getValue()) + "'";
        connection.execute(
            "SET %s = %s".formatted(setting.getKey(), value), TEXT, OutputStream::nullOutputStream);
      }
    }
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("'", "\\'");
  }

  private ChdbConnection take() {
    ChdbConnection connection = idle.pollFirst();
    return connection == null ? open() : connection;
  }

  private synchronized ChdbConnection open() {
    return ChdbConnection.open(api, directory.resolve("data"), directory.resolve("config.xml"));
  }

  private static Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }

  /** An answer whose status is known when its first byte is: success, unless it failed before. */
  private static final class Answer {
    private final HttpExchange exchange;
    private @Nullable OutputStream out;

    Answer(HttpExchange exchange) {
      this.exchange = exchange;
      exchange.getResponseHeaders().set("X-ClickHouse-Server-Display-Name", "chdb");
      exchange.getResponseHeaders().set("X-ClickHouse-Timezone", "UTC");
    }

    void format(String name) {
      exchange.getResponseHeaders().set("X-ClickHouse-Format", name);
    }

    OutputStream begin() throws IOException {
      OutputStream begun = out;
      if (begun == null) {
        exchange.sendResponseHeaders(OK, STREAMED);
        begun = exchange.getResponseBody();
        out = begun;
      }
      return begun;
    }

    void end() throws IOException {
      begin().close();
    }

    /**
     * Says what failed.
     *
     * @throws IOException when the answer has begun: thrown on, it cuts the connection, so that the
     *     client misses the last chunk and does not take the rows so far for all of them
     */
    void fail(int status, String code, String message) throws IOException {
      if (out != null) {
        throw new IOException("The answer was cut off: " + message);
      }
      try (exchange) {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("X-ClickHouse-Exception-Code", code);
        exchange.sendResponseHeaders(status, text.length);
        exchange.getResponseBody().write(text);
      }
    }
  }
}
