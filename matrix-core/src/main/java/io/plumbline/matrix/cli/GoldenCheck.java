package io.plumbline.matrix.cli;

import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.RunMode;
import java.nio.file.Path;
import java.util.List;
import org.apiguardian.api.API;

/**
 * Compares the behaviour of a mock_contract run of the default volume with what is recorded. Other
 * runs have nothing to be compared with.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class GoldenCheck {
  private static final String UPDATE =
      "mvn verify -Pmatrix-mock-contract -Dplumbline.golden=record";

  private GoldenCheck() {}

  /**
   * Throws when a case behaves otherwise than recorded.
   *
   * @param arguments file of the record, working directory and run mode of the run, {@code check}
   *     or {@code record}
   */
  public static void main(String... arguments) {
    FinishedRun run = FinishedRun.of(arguments[1], arguments[2]);
    if (run.told().mode() != RunMode.MOCK_CONTRACT || !run.told().volume().equals(Volume.DEFAULT)) {
      return;
    }
    Matrix matrix = Matrix.ofClassPath(Matrix.CANONICAL);
    List<String> selected = run.selected();
    boolean whole = selected.size() == matrix.cases().size();
    GoldenBehaviors golden = new GoldenBehaviors(Path.of(arguments[0]));
    if (arguments[3].equals("record") && whole) {
      golden.record(run.artifacts(), selected);
    }
    List<String> differences = golden.differences(run.artifacts(), selected, whole);
    if (!differences.isEmpty()) {
      throw new IllegalStateException(
          "The behaviour of %d cases is not the recorded one; when that is wanted, record it with: %s. %s"
              .formatted(
                  differences.size(),
                  UPDATE,
                  String.join(" ", differences.subList(0, Math.min(10, differences.size())))));
    }
  }
}
