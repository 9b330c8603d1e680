package io.plumbline.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.connector.tck.Cases;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.ReadRequest.Continuation;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.registry.Strategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Brokers that die, and what is left when everything is closed; each test has a broker of its own.
 */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(Kafka.class)
final class LabTest {
  private final Dataset dataset = new Dataset(Cases.volume(100));
  private final CaseScope scope =
      Cases.own(new KafkaConnector(), Strategy.FULL_REFRESH, TargetLayout.KEYED, dataset);
  private final KafkaSystem shared;

  LabTest(KafkaSystem shared) {
    this.shared = shared;
  }

  private RowBatch batch(Op op) {
    RowBatch batch = new RowBatch(100);
    for (long key = 1; key <= 100; key++) {
      batch.add(op, dataset.row(key, 1));
    }
    return batch;
  }

  private static KafkaSystem system(BrokerProcess broker) {
    return new KafkaSystem(
        new Endpoint(broker.address(), broker::alive),
        broker.version(),
        EvidenceLevel.EMBEDDED,
        broker::close);
  }

  private static void kill(BrokerProcess broker) {
    broker.handle().destroyForcibly();
    broker.handle().onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void theBrokerSaysItselfWhatItIs() {
    assertThat(shared.info().product()).isEqualTo("Apache Kafka");
    assertThat(shared.info().version()).matches("\\d+\\.\\d+\\.\\d+");
    assertThat(shared.info().level()).isEqualTo(EvidenceLevel.EMBEDDED);
    assertThat(new EmbeddedKafkaProvider().serves(RunMode.MOCK_LOCAL)).isTrue();
    assertThat(new EmbeddedKafkaProvider().serves(RunMode.MOCK_CONTRACT)).isFalse();
  }

  @Test
  void aBrokerThatDiesIsTheLabsFailureAndLeavesNothing(@TempDir Path directory) {
    BrokerProcess broker = BrokerProcess.start(directory.resolve("kafka"));
    KafkaSystem system = system(broker);
    Source source = system.openSource(scope);
    source.fixture().seed();
    Extraction extraction = source.reader().open(new ReadRequest.Snapshot(Continuation.NONE));
    Sink sink = system.openSink(scope);
    Load load = sink.writer().begin(Cases.plan("1", WriteAction.REPLACE_ALL));
    load.write(batch(Op.SNAPSHOT));

    kill(broker);

    assertFails(() -> load.write(batch(Op.SNAPSHOT)));
    assertFails(load::publish);
    assertFails(() -> extraction.read(new RowBatch(10)));
    assertFails(() -> source.reader().open(new ReadRequest.Snapshot(Continuation.NONE)));
    assertFails(() -> sink.writer().begin(Cases.plan("2", WriteAction.REPLACE_ALL)));
    assertFails(() -> sink.inspector().rows((cells, token, validity) -> {}));
    assertFails(() -> system.openSink(scope));
    load.close();
    extraction.close();
    assertFails(sink::close);
    assertFails(source::close);
    system.close();
    assertThat(directory).isEmptyDirectory();
  }

  private static void assertFails(Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOf(SystemFailureException.class)
        .hasMessageStartingWith("kafka: ");
  }

  @Test
  void aTopicIsMadeOnceTheBrokerIsNoLongerFenced() {
    CaseTopic topic = new CaseTopic("pl_fenced_for_a_while");
    AtomicInteger asked = new AtomicInteger();
    try (Topics topics = new Topics(shared.endpoint(), fenced(shared.endpoint(), asked, 3))) {
      topics.create(topic, 1, Map.of());
      assertThat(asked).hasValue(4);
      assertThat(topics.find(topic)).isPresent();
      topics.delete(topic);
    }
  }

  @Test
  void aBrokerThatStaysFencedIsTheLabsFailure() {
    Endpoint hasty =
        new Endpoint(shared.endpoint().address(), () -> true, Map.of(), Duration.ofSeconds(1));
    try (Topics topics = new Topics(hasty, fenced(hasty, new AtomicInteger(), Integer.MAX_VALUE))) {
      CaseTopic topic = new CaseTopic("pl_fenced_for_good");
      assertFails(() -> topics.create(topic, 1, Map.of()));
    }
  }

  /** An administrator of a broker that has missed its heartbeats for a number of questions. */
  private static Admin fenced(Endpoint endpoint, AtomicInteger asked, int missed) {
    Admin admin = endpoint.admin();
    return (Admin)
        Proxy.newProxyInstance(
            Admin.class.getClassLoader(),
            new Class<?>[] {Admin.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("createTopics") && asked.getAndIncrement() < missed) {
                // Two replicas are what one broker cannot keep: the same answer.
                return admin.createTopics(List.of(new NewTopic("pl_two_replicas", 1, (short) 2)));
              }
              return method.invoke(admin, arguments);
            });
  }

  @Test
  void aLoadThatTheBrokerDidNotSurviveIsNotThereAfterwards(@TempDir Path directory) {
    Path home = directory.resolve("kafka");
    BrokerProcess first = BrokerProcess.start(home);
    KafkaSystem before = system(first);
    Sink sink = before.openSink(scope);
    load(sink, "1", Op.SNAPSHOT, WriteAction.REPLACE_ALL);
    Load load = sink.writer().begin(Cases.plan("2", WriteAction.REPLACE_ALL));
    load.write(batch(Op.SNAPSHOT));
    kill(first);
    load.close();
    before.topics().close();

    // Another broker on the same files, as a restarted server would be.
    KafkaSystem after = system(BrokerProcess.start(home));
    CaseTopic topic = CaseTopic.sink(scope);
    KafkaInspector inspector = new KafkaInspector(after.endpoint(), after.topics(), scope, topic);
    assertThat(rows(inspector)).hasSize(100);
    assertThat(inspector.physicalRows()).isEqualTo(101);
    try (Load again =
        KafkaLoad.begin(
            after.endpoint(),
            after.topics(),
            scope,
            topic,
            Cases.plan("2", WriteAction.REPLACE_ALL))) {
      again.write(batch(Op.SNAPSHOT));
      again.publish();
      assertThat(again.held().rows()).isEqualTo(100);
    }
    assertThat(rows(inspector)).hasSize(100);
    assertThat(inspector.physicalRows()).isEqualTo(202);
    after.close();
    assertThat(directory).isEmptyDirectory();
  }

  private static List<Object> rows(KafkaInspector inspector) {
    List<Object> keys = new ArrayList<>();
    inspector.rows((cells, token, validity) -> keys.add(cells[0]));
    return keys;
  }

  private void load(Sink sink, String id, Op op, WriteAction action) {
    try (Load load = sink.writer().begin(Cases.plan(id, action))) {
      load.write(batch(op));
      load.publish();
    }
  }

  @Test
  void closingLeavesNoProcessNoPortAndNoFile(@TempDir Path directory) throws IOException {
    BrokerProcess broker = BrokerProcess.start(directory.resolve("kafka"));
    KafkaSystem system = system(broker);
    assertThat(broker.handle().isAlive()).isTrue();
    assertThat(listens(broker)).isTrue();

    system.close();

    assertThat(broker.handle().isAlive()).isFalse();
    assertThat(listens(broker)).isFalse();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aBrokerWhosePortIsTakenSaysSo(@TempDir Path directory) throws Exception {
    int[] free = freePorts();
    try (ServerSocket taken = new ServerSocket(0)) {
      Process process =
          new ProcessBuilder(command(directory, taken.getLocalPort(), free[0]))
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isNotZero();
      assertThat(said).contains("Address already in use");
    }
  }

  private static int[] freePorts() throws IOException {
    try (ServerSocket one = new ServerSocket(0);
        ServerSocket two = new ServerSocket(0)) {
      return new int[] {one.getLocalPort(), two.getLocalPort()};
    }
  }

  @Test
  void aBrokerEndsWithWhoeverStartedIt(@TempDir Path directory) throws Exception {
    int[] free = freePorts();
    Process process =
        new ProcessBuilder(command(directory, free[0], free[1]))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).startsWith(BrokerMain.READY);
      process.getOutputStream().close();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> command(Path directory, int broker, int controller) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        BrokerMain.class.getName(),
        directory.resolve("data").toString(),
        Integer.toString(broker),
        Integer.toString(controller));
  }

  private static boolean listens(BrokerProcess broker) throws IOException {
    String[] address = broker.address().split(":", -1);
    try (Socket socket = new Socket(address[0], Integer.parseInt(address[1]))) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }
}
