package io.plumbline.connector.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.connector.api.Faults.Fault;
import io.plumbline.connector.json.JsonException;
import io.plumbline.connector.tck.ReadRow;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.PartitionFingerprint;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.ReadRequest.Continuation;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.dataset.ChangeSet;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.registry.RunMode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that fail, and servers that lie. */
final class BadServerTest {
  private static final ReadRequest SNAPSHOT = new ReadRequest.Snapshot(Continuation.ROWS_AFTER);
  private static final int ROWS = 1_300;
  private final Dataset dataset = Api.dataset(ROWS);
  private final CaseScope scope = Api.scope(dataset);
  private final Api.Time time = new Api.Time();
  private final List<AutoCloseable> opened = new ArrayList<>();

  private Source source(Faults faults) {
    ApiSystem system = new ApiSystem(FixtureApi.start(faults), time.retry());
    opened.add(system);
    Source source = system.openSource(scope);
    opened.add(source);
    source.fixture().seed();
    return source;
  }

  @AfterEach
  void close() throws Exception {
    Collections.reverse(opened);
    for (AutoCloseable one : opened) {
      one.close();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"UNAVAILABLE", "BROKEN", "TOO_MANY", "TRUNCATED"})
  void whatFailsIsAskedForAgain(Fault fault) {
    Source source = source(request -> request % 2 == 0 ? fault : Fault.NONE);
    Position position;
    try (Extraction snapshot = source.reader().open(SNAPSHOT)) {
      assertThat(ReadRow.all(snapshot)).hasSize(ROWS);
      position = snapshot.position();
    }
    source.fixture().apply(new ChangeSet(dataset, ChangeSet.Deletes.SOFT, ChangeSet.Part.ALL));
    try (Extraction after = source.reader().open(new ReadRequest.RowsAfter(position))) {
      assertThat(ReadRow.all(after)).hasSize((int) dataset.volume().changed());
    }
    assertThat(source.reader().partitions()).hasSize(30);
    // Three pages, twice one page of changes, and the partitions.
    assertThat(time.pauses).hasSize(6).containsOnly(Duration.ofMillis(50));
  }

  /** Java's client itself tries once more when a connection ends without a word. */
  @Test
  void aConnectionThatEndsWithoutAWordIsOpenedAgain() {
    Source source = source(request -> request % 5 == 4 ? Fault.NONE : Fault.DROPPED);
    try (Extraction snapshot = source.reader().open(SNAPSHOT)) {
      assertThat(ReadRow.all(snapshot)).hasSize(ROWS);
    }
    assertThat(time.pauses).isNotEmpty();
  }

  @Test
  void pausesDoubleUntilTheDeadlineAndThenTheLabIsBroken() {
    Source source = source(request -> Fault.UNAVAILABLE);
    assertThatThrownBy(() -> source.reader().open(SNAPSHOT))
        .isInstanceOf(SystemFailureException.class)
        .hasMessageMatching(
            "api: /test/api_to_other__incremental_merge/orders\\?limit=500 gave no whole answer in 18 attempts within 60 s; the last one: status 503\\.");
    assertThat(time.pauses.subList(0, 8))
        .extracting(Duration::toMillis)
        .containsExactly(50L, 100L, 200L, 400L, 800L, 1600L, 3200L, 5000L);
    assertThat(time.pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isLessThanOrEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void aServerThatIsGoneIsTheLabsFailure() {
    FixtureApi api = FixtureApi.start(Api.NO_FAULTS);
    ApiSystem system = new ApiSystem(api, time.retry());
    opened.add(system);
    Source source = system.openSource(scope);
    source.fixture().seed();
    try (Extraction snapshot = source.reader().open(SNAPSHOT)) {
      api.close();
      assertThatThrownBy(() -> ReadRow.all(snapshot))
          .isInstanceOf(SystemFailureException.class)
          .hasMessageStartingWith("api: /test/")
          .hasMessageContaining("gave no whole answer");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"REPEATED_ROW", "MISSING_ROW"})
  void pagesThatRepeatOrMissRowsAreNoticed(Fault lie) {
    for (int page = 0; page < 3; page++) {
      int lying = page;
      Source source = source(request -> request == lying ? lie : Fault.NONE);
      try (Extraction snapshot = source.reader().open(SNAPSHOT)) {
        assertThatThrownBy(() -> ReadRow.all(snapshot))
            .as("page %d", page)
            .isInstanceOf(ApiException.class)
            .hasMessageContaining(
                lie == Fault.REPEATED_ROW
                    ? "ids must ascend over all pages."
                    : "announced 1300 rows and gave 1299.");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"REPEATED_ROW", "MISSING_ROW"})
  void aFeedThatRepeatsOrMissesChangesIsNoticed(Fault lie) {
    for (int answer = 0; answer < 2; answer++) {
      int lying = answer;
      Source source = source(request -> request == lying ? lie : Fault.NONE);
      source.fixture().apply(new ChangeSet(dataset, ChangeSet.Deletes.SOFT, ChangeSet.Part.ALL));
      Position base = Position.of(Map.of("sequence", Long.toString(ROWS)));
      assertThatThrownBy(
              () -> {
                try (Extraction after = source.reader().open(new ReadRequest.RowsAfter(base))) {
                  ReadRow.all(after);
                }
              })
          .as("answer %d", answer)
          .isInstanceOf(ApiException.class)
          .hasMessageEndingWith("changes must be consecutive.");
    }
  }

  @Test
  void whatIsStillValidIsNotSentAgain() {
    List<Long> requests = Collections.synchronizedList(new ArrayList<>());
    Source source =
        source(
            request -> {
              requests.add(request);
              return Fault.NONE;
            });
    List<PartitionFingerprint> first = source.reader().partitions();
    assertThat(source.reader().partitions()).isEqualTo(first).isNotEmpty();
    source.fixture().apply(new ChangeSet(dataset, ChangeSet.Deletes.SOFT, ChangeSet.Part.ALL));
    assertThat(source.reader().partitions()).isNotEqualTo(first);
    assertThat(requests).hasSize(3);
  }

  @Test
  void anInterruptedReadStops() {
    Source source = source(Api.NO_FAULTS);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> source.reader().open(SNAPSHOT))
          .isInstanceOf(CancellationException.class)
          .hasMessageStartingWith("Interrupted while waiting for ");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  /** A server whose answers the test writes itself. */
  private URI scripted(Answer... answers) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Queue<Answer> script = new ConcurrentLinkedQueue<>(List.of(answers));
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            script.remove().give(exchange);
          }
        });
    server.start();
    opened.add(() -> server.stop(0));
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private interface Answer {
    void give(HttpExchange exchange) throws IOException;
  }

  private static Answer text(String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  private static Answer later(String retryAfter) {
    return exchange -> {
      exchange.getResponseHeaders().set("Retry-After", retryAfter);
      exchange.sendResponseHeaders(429, -1);
    };
  }

  private ApiReader reader(URI server) {
    return new ApiReader(
        new ApiClient(HttpClient.newHttpClient(), server, time.retry()), "/orders", scope);
  }

  @Test
  void thePauseThatTheServerAsksForIsKept() throws IOException {
    URI server =
        scripted(
            later("7"),
            later("Wed, 21 Oct 2015 07:28:00 GMT"),
            text("{\"sequence\":0,\"total\":0,\"items\":[],\"next\":null}"));
    assertThat(reader(server).partitions()).isEmpty();
    assertThat(time.pauses).containsExactly(Duration.ofSeconds(7), Duration.ofMillis(100));
  }

  @Test
  void whatIsKnownAlreadyIsAskedForByItsTag() throws IOException {
    String partition =
        "{\"sequence\":1,\"total\":1,\"items\":[{\"business_date\":\"2026-06-01\",\"fingerprint\":\"f\"}],\"next\":null}";
    List<String> asked = Collections.synchronizedList(new ArrayList<>());
    Answer notModified =
        exchange -> {
          asked.add(String.valueOf(exchange.getRequestHeaders().getFirst("If-None-Match")));
          exchange.sendResponseHeaders(304, -1);
        };
    Answer tagged =
        exchange -> {
          asked.add(String.valueOf(exchange.getRequestHeaders().getFirst("If-None-Match")));
          exchange.getResponseHeaders().set("ETag", "\"a\"");
          text(partition).give(exchange);
        };
    ApiReader reader = reader(scripted(tagged, notModified, notModified));
    List<PartitionFingerprint> first = reader.partitions();
    assertThat(first).hasSize(1);
    assertThat(reader.partitions()).isEqualTo(first);
    assertThat(reader.partitions()).isEqualTo(first);
    assertThat(asked).containsExactly("null", "\"a\"", "\"a\"");
  }

  @Test
  void aPauseBeyondTheDeadlineIsNotWaitedFor() throws IOException {
    assertThatThrownBy(() -> reader(scripted(later("3600"))).partitions())
        .isInstanceOf(SystemFailureException.class)
        .hasMessageContaining("status 429");
    assertThat(time.pauses).isEmpty();
  }

  @Test
  void aRefusalIsNotTriedAgain() throws IOException {
    URI server = scripted(exchange -> exchange.sendResponseHeaders(403, -1));
    assertThatThrownBy(() -> reader(server).partitions())
        .isInstanceOf(ApiException.class)
        .hasMessage("/orders/partitions answered 403.");
    assertThat(time.pauses).isEmpty();
  }

  @Test
  void anAnswerThatIsNoJsonIsTriedAgain() throws IOException {
    URI server =
        scripted(
            text("<html>proxy error</html>"),
            text("{\"sequence\":0,\"total\":0,\"items\":["),
            text("{\"sequence\":0,\"total\":0,\"items\":[],\"next\":null}"));
    assertThat(reader(server).partitions()).isEmpty();
    assertThat(time.pauses).hasSize(2);
  }

  @Test
  void aPageWithoutItsTotalIsRefused() throws IOException {
    URI server = scripted(text("{\"sequence\":0,\"items\":[]}"));
    assertThatThrownBy(() -> reader(server).partitions())
        .isInstanceOf(ApiException.class)
        .hasMessage("A page lacks 'sequence' or 'total'.");
  }

  @Test
  void aRowThatIsNotWhatWasDeclaredIsRefused() throws IOException {
    URI server =
        scripted(text("{\"sequence\":1,\"total\":1,\"items\":[{\"id\":1}],\"next\":null}"));
    assertThatThrownBy(() -> reader(server).open(SNAPSHOT))
        .isInstanceOf(JsonException.class)
        .hasMessage("Member 'id' holds 1, which is no INTEGER_AS_TEXT.");
  }

  @Test
  void aServerThatForgetsTheMomentOfTheReadIsNoticed() throws IOException {
    URI server =
        scripted(
            text("{\"sequence\":5,\"total\":9,\"items\":[],\"next\":\"3\"}"),
            text("{\"sequence\":6,\"total\":9,\"items\":[],\"next\":null}"));
    assertThatThrownBy(() -> ReadRow.all(reader(server).open(SNAPSHOT)))
        .isInstanceOf(ApiException.class)
        .hasMessage("/orders changed its mind between two pages: change 5 of 9 rows, then 6 of 9.");
  }

  @Test
  void theFixtureIsAStandInAndLeavesNothing() throws IOException {
    FixtureApiProvider provider = new FixtureApiProvider();
    assertThat(provider.serves(RunMode.MOCK_LOCAL)).isTrue();
    assertThat(provider.serves(RunMode.REAL_LOCAL)).isTrue();
    assertThat(provider.serves(RunMode.MOCK_CONTRACT)).isFalse();
    try (var system = provider.start(Path.of("nowhere"))) {
      assertThat(system.info().level()).isEqualTo(EvidenceLevel.STAND_IN);
      assertThatThrownBy(() -> system.openSink(scope))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessage("api is no sink.");
    }
    FixtureApi api = FixtureApi.start(Api.NO_FAULTS);
    URI address = api.address();
    api.close();
    assertThatThrownBy(() -> new Socket(address.getHost(), address.getPort()).close())
        .isInstanceOf(ConnectException.class);
  }
}
