package io.plumbline.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.RunSettings;
import io.plumbline.matrix.run.StandardRun;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A broker that was there before the run. */
@ExtendWith(Kafka.class)
final class ExternalBrokerTest {
  private static final String REGISTRY =
      """
      schema: plumbline.matrix.registry/1
      sources: [kafka]
      sinks: [kafka]
      strategies: [full_refresh, incremental_merge]
      rejections: []
      """;

  private final Matrix matrix =
      Matrix.read("test", new ByteArrayInputStream(REGISTRY.getBytes(StandardCharsets.UTF_8)));
  private final KafkaSystem broker;
  @TempDir private Path artifacts = Path.of("");

  ExternalBrokerTest(KafkaSystem broker) {
    this.broker = broker;
  }

  private StandardRun run(ExternalEndpoint endpoint) {
    return new StandardRun(
        new RunSettings(
            RunMode.MOCK_LOCAL,
            Kafka.volume(500),
            artifacts,
            1,
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Map.of(KafkaConnector.FAMILY, endpoint)),
        matrix,
        List.of(new KafkaConnector()));
  }

  private Set<String> topics() throws Exception {
    try (Admin admin = broker.endpoint().admin()) {
      return admin.listTopics().names().get();
    }
  }

  @Test
  void runsCasesAndKeepsNothingOfThem() throws Exception {
    Set<String> before = topics();
    try (StandardRun run = run(new ExternalEndpoint(broker.endpoint().address(), "", ""))) {
      for (MatrixCase one : matrix.cases()) {
        CaseResult result = run.run(one);
        assertThat(result.verdict()).as(result.reason()).isEqualTo(Verdict.PASS);
        assertThat(result.contract().orElseThrow().level()).isEqualTo(EvidenceLevel.EXTERNAL);
      }
      assertThat(run.systems().get(0).version()).matches("metadata.version \\d+");
    }
    assertThat(topics()).isEqualTo(before);
  }

  @Test
  void credentialsThatTheBrokerDoesNotUnderstandAreABrokenLab() {
    ExternalEndpoint endpoint =
        new ExternalEndpoint(broker.endpoint().address(), "me", "canary-\"of\"-a-password");
    try (StandardRun run = run(endpoint)) {
      CaseResult result = run.run(matrix.cases().get(0));
      assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(result.reason()).startsWith("kafka: ").doesNotContain("canary");
    }
  }

  @Test
  void anAddressWhereNobodyListensIsABrokenLab() {
    try (StandardRun run = run(new ExternalEndpoint("localhost:1", "", ""))) {
      CaseResult result = run.run(matrix.cases().get(0));
      assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(result.reason()).startsWith("kafka: ");
    }
  }
}
