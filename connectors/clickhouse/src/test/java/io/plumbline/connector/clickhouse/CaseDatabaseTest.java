package io.plumbline.connector.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that refuses a statement some times, by the protocol. */
class CaseDatabaseTest {
  private final List<String> statements = new CopyOnWriteArrayList<>();
  private final HttpServer listening =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final Server server =
      new Server(
          new Endpoint(
              URI.create("http://localhost:" + listening.getAddress().getPort()), "u", ""));
  private final CaseDatabase database = new CaseDatabase(server, new CaseNames("pl_case"));

  CaseDatabaseTest() throws IOException {}

  @AfterEach
  void stop() {
    server.close();
    listening.stop(0);
  }

  private void refuse(int times, int code, String message) {
    listening.createContext("/", exchange -> answer(exchange, times, code, message));
    listening.start();
  }

  private void answer(HttpExchange exchange, int times, int code, String message)
      throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      statements.add(new String(body, StandardCharsets.UTF_8));
      boolean refused = statements.size() <= times;
      byte[] answer =
          refused
              ? "Code: %d. DB::Exception: %s"
                  .formatted(code, message)
                  .getBytes(StandardCharsets.UTF_8)
              : new byte[0];
      if (refused) {
        exchange.getResponseHeaders().set("X-ClickHouse-Exception-Code", String.valueOf(code));
      }
      exchange.sendResponseHeaders(refused ? 500 : 200, refused ? answer.length : -1);
      exchange.getResponseBody().write(answer);
    }
  }

  /** As when a run is interrupted, and with it the statement that makes the table. */
  @Test
  void aTableThatAppearsMeanwhileHasTheDatabaseDroppedAgain() {
    refuse(3, 219, "New table appeared in database being dropped or detached. Try again.");
    database.drop();
    assertThat(statements)
        .hasSize(4)
        .allMatch(sql -> sql.equals("DROP DATABASE IF EXISTS pl_case"));
  }

  @Test
  void anythingElseIsNoReasonToTryAgain() {
    refuse(3, 497, "Not enough privileges.");
    assertThatThrownBy(database::drop)
        .isInstanceOf(ClickhouseException.class)
        .hasMessageContaining("Not enough privileges.");
    assertThat(statements).hasSize(1);
  }
}
