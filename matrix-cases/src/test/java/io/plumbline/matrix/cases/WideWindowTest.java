package io.plumbline.matrix.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.ForwardingReader;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.SourceReader;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.mover.Mover;
import io.plumbline.matrix.mover.ReferenceMover;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.registry.Strategy;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.RunSettings;
import io.plumbline.matrix.run.StandardRun;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A transaction of somebody else that stays open holds the xmin of every snapshot back: each window
 * begins before the case, and its rows come again and again.
 */
final class WideWindowTest {
  private static final String FIRST_XID = "3";

  private final List<Connector> connectors =
      ServiceLoader.load(Connector.class).stream().map(ServiceLoader.Provider::get).toList();
  @TempDir private Path artifacts = Path.of("");

  static List<MatrixCase> cases() {
    return Matrix.ofClassPath(Matrix.CANONICAL).supported().stream()
        .filter(one -> one.id().strategy() == Strategy.XMIN)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rowsThatComeAgainUnchangedAreNotWrittenAgain(MatrixCase one) {
    RunSettings settings =
        new RunSettings(
            RunMode.MOCK_CONTRACT,
            new Volume(1_000, new BigDecimal("0.20"), new BigDecimal("0.05"), 12, 20260603L),
            artifacts,
            1,
            Duration.ofMinutes(1),
            Duration.ofMinutes(1));
    Mover mover = new ReferenceMover();
    try (StandardRun run =
        new StandardRun(settings, Matrix.ofClassPath(Matrix.CANONICAL), connectors)) {
      CaseResult result =
          run.run(
              one, request -> mover.move(request.withReader(fromTheBeginning(request.reader()))));
      assertThat(result.rounds()).hasSizeGreaterThan(2);
      assertThat(result.verdict()).as(result.reason()).isEqualTo(Verdict.PASS);
    }
  }

  private static SourceReader fromTheBeginning(SourceReader reader) {
    return new ForwardingReader(reader) {
      @Override
      public Extraction open(ReadRequest request) {
        if (!(request instanceof ReadRequest.XminWindow window)) {
          return super.open(request);
        }
        TreeMap<String, String> early = new TreeMap<>(window.from().values());
        early.replaceAll((name, xid) -> FIRST_XID);
        return super.open(new ReadRequest.XminWindow(new Position(early)));
      }
    };
  }
}
