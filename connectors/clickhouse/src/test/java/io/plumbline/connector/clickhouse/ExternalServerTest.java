package io.plumbline.connector.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.InvalidInputException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that was there before the run. */
final class ExternalServerTest {
  private static final String REGISTRY =
      """
      schema: plumbline.matrix.registry/1
      sources: [clickhouse]
      sinks: [clickhouse]
      strategies: [full_refresh, partition_replace]
      rejections: []
      """;

  private final Matrix matrix =
      Matrix.read("test", new ByteArrayInputStream(REGISTRY.getBytes(StandardCharsets.UTF_8)));
  @TempDir private Path artifacts = Path.of("");

  private StandardRun run(ExternalEndpoint endpoint) {
    return new StandardRun(
        new RunSettings(
            RunMode.MOCK_LOCAL,
            Clickhouse.volume(500),
            artifacts,
            1,
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Map.of(ClickhouseTypes.FAMILY, endpoint)),
        matrix,
        List.of(new ClickhouseConnector()));
  }

  private static ExternalEndpoint endpoint(ChdbProcess server, String password) {
    return new ExternalEndpoint(
        server.endpoint().uri().toString(), server.endpoint().user(), password);
  }

  @Test
  void runsCasesAndKeepsNothingOfThem(@TempDir Path home) {
    try (ChdbProcess process = ChdbProcess.start(Clickhouse.library(), home.resolve("chdb"));
        Server server = new Server(process.endpoint())) {
      List<List<String>> before = server.rows("SHOW DATABASES");
      try (StandardRun run = run(endpoint(process, process.endpoint().password()))) {
        for (MatrixCase one : matrix.cases()) {
          CaseResult result = run.run(one);
          assertThat(result.verdict()).as(result.reason()).isEqualTo(Verdict.PASS);
          assertThat(result.contract().orElseThrow().level()).isEqualTo(EvidenceLevel.EXTERNAL);
        }
      }
      assertThat(server.rows("SHOW DATABASES")).isEqualTo(before);
    }
  }

  @Test
  void aWrongPasswordIsABrokenLabThatShowsItToNobody(@TempDir Path home) {
    try (ChdbProcess process = ChdbProcess.start(Clickhouse.library(), home.resolve("chdb"));
        StandardRun run = run(endpoint(process, "canary-of-a-password"))) {
      CaseResult result = run.run(matrix.cases().get(0));
      assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(result.reason()).startsWith("clickhouse: ").doesNotContain("canary");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:8123", "http://me:secret@localhost", "http://localhost/?password=x"})
  void anAddressOfAnotherFormIsRefused(String address) {
    assertThatThrownBy(
            () -> new ClickhouseConnector().connect(new ExternalEndpoint(address, "", "")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("allowed is http://host:port");
  }
}
