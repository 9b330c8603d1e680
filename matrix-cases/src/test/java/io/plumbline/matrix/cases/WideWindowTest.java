package io.plumbline.matrix.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.ForwardingReader;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.SourceReader;
import io.plumbline.matrix.mover.Mover;
import io.plumbline.matrix.mover.ReferenceMover;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.registry.Strategy;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.StandardRun;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A transaction of somebody else that stays open holds the xmin of every snapshot back: a window
 * begins before the case, and its rows come again.
 */
final class WideWindowTest {
  private static final String FIRST_XID = "3";

  @TempDir private Path artifacts = Path.of("");

  /** Of the first load, the change and the replay, which read from the beginning. */
  static Stream<Arguments> casesAndWideReads() {
    List<List<Boolean>> wide =
        List.of(
            List.of(false, true, true), List.of(false, true, false), List.of(false, false, true));
    return Matrix.ofClassPath(Matrix.CANONICAL).supported().stream()
        .filter(one -> one.id().strategy() == Strategy.XMIN)
        .flatMap(one -> wide.stream().map(reads -> Arguments.of(one, reads)));
  }

  @ParameterizedTest
  @MethodSource("casesAndWideReads")
  void rowsThatComeAgainUnchangedAreNotWrittenAgain(MatrixCase one, List<Boolean> wide) {
    Mover mover = new ReferenceMover();
    Iterator<Boolean> reads = wide.iterator();
    try (StandardRun run = SmallRun.of(RunMode.MOCK_CONTRACT, 1_000, artifacts)) {
      CaseResult result =
          run.run(
              one,
              request ->
                  mover.move(
                      reads.hasNext() && reads.next()
                          ? request.withReader(fromTheBeginning(request.reader()))
                          : request));
      assertThat(result.verdict()).as(result.reason()).isEqualTo(Verdict.PASS);
      assertThat(reads).as("moves that were not made").isExhausted();
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
