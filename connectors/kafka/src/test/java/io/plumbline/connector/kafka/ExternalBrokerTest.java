package io.plumbline.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.connector.tck.ExternalSystemContract;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.Strategy;
import io.plumbline.matrix.run.StandardRun;
import java.util.EnumSet;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broker that was there before the run. */
@ExtendWith(Kafka.class)
final class ExternalBrokerTest extends ExternalSystemContract {
  private final KafkaSystem broker;

  ExternalBrokerTest(KafkaSystem broker) {
    super(new KafkaConnector(), EnumSet.of(Strategy.FULL_REFRESH, Strategy.INCREMENTAL_MERGE));
    this.broker = broker;
  }

  @Override
  protected ExternalEndpoint endpoint() {
    return new ExternalEndpoint(broker.endpoint().address(), "", "");
  }

  /** Credentials that the broker does not understand, and an address where nobody listens. */
  @Override
  protected List<Unusable> unusable() {
    return List.of(
        new Unusable(
            new ExternalEndpoint(broker.endpoint().address(), "me", "a-\"quoted\"-" + PASSWORD),
            List.of("mechanism PLAIN, enabled mechanisms are []")),
        new Unusable(
            new ExternalEndpoint("localhost:1", "", ""),
            List.of("The broker did not answer while asking for its version.")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "kafka://localhost:9092", "a:1,b", "a:1, b:2", "a:x"})
  void anAddressIsThatOfBrokers(String address) {
    KafkaConnector connector = new KafkaConnector();
    ExternalEndpoint endpoint = new ExternalEndpoint(address, "", "");
    assertThatThrownBy(() -> connector.connect(endpoint))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "Address '%s' is not that of Kafka brokers; allowed is host:port,host:port."
                .formatted(address));
  }

  @Override
  protected List<String> everything() {
    try (Admin admin = broker.endpoint().admin()) {
      return admin.listTopics().names().toCompletionStage().toCompletableFuture().join().stream()
          .sorted()
          .toList();
    }
  }

  @Override
  protected void assertRun(StandardRun run) {
    assertThat(run.systems().get(0).version()).matches("metadata.version \\d+");
  }
}
