package io.plumbline.matrix.run;

import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.oracle.CheckResult;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** A run whose cases also need the guide of their pair: a contract is what somebody can read. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class GuidedRun implements MatrixRun {
  private static final String CONTRACT = "contract";

  private final MatrixRun run;
  private final Guides guides;

  /**
   * A run of a registry that promises guides.
   *
   * @param folder where the guides are
   */
  public GuidedRun(MatrixRun run, Matrix matrix, Path folder) {
    this.run = run;
    this.guides = new Guides(matrix, folder);
  }

  @Override
  public void prepare(Collection<MatrixCase> cases) {
    run.prepare(cases);
  }

  @Override
  public CompletableFuture<?> settled(MatrixCase matrixCase) {
    return run.settled(matrixCase);
  }

  @Override
  public CaseResult run(MatrixCase matrixCase) {
    CaseResult result = run.run(matrixCase);
    CheckResult guide = guides.check(matrixCase.id());
    boolean succeeded =
        result.verdict() == Verdict.PASS || result.verdict() == Verdict.REJECTED_AS_DECLARED;
    boolean broken = succeeded && guide.outcome() != CheckResult.Outcome.PASS;
    RoundResult round =
        new RoundResult(CONTRACT, List.of(), List.of(guide), Map.of(), Map.of(), Map.of());
    return new CaseResult(
        matrixCase,
        broken ? Verdict.FAIL : result.verdict(),
        broken ? CaseResult.reason(List.of(round)) : result.reason(),
        result.contract(),
        Stream.concat(result.rounds().stream(), Stream.of(round)).toList(),
        result.difference(),
        result.failure());
  }

  @Override
  public Optional<String> mover() {
    return run.mover();
  }

  @Override
  public List<SystemInfo> systems() {
    return run.systems();
  }

  @Override
  public void close() {
    run.close();
  }
}
