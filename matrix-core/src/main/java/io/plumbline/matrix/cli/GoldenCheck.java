package io.plumbline.matrix.cli;

import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.registry.InvalidInputException;
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
  private static final List<String> HOW = List.of("check", "record");
  private static final String UPDATE =
      "mvn verify -Pmatrix-mock-contract -Dplumbline.golden=record";

  private GoldenCheck() {}

  /**
   * Throws when a case behaves otherwise than recorded.
   *
   * @param arguments file of the record, working directory and run mode of the run, {@code check}
   *     or {@code record}
   * @throws InvalidInputException when another word than these two was said, or a run is to be
   *     recorded that has not all of it
   */
  public static void main(String... arguments) {
    boolean record = how(arguments[3]).equals("record");
    FinishedRun run = FinishedRun.of(arguments[1], arguments[2]);
    List<String> selected = run.selected();
    boolean comparable =
        run.told().mode() == RunMode.MOCK_CONTRACT && run.told().volume().equals(Volume.DEFAULT);
    boolean whole = selected.size() == Matrix.ofClassPath(Matrix.CANONICAL).cases().size();
    GoldenBehaviors golden = new GoldenBehaviors(Path.of(arguments[0]));
    if (record) {
      if (!comparable || !whole) {
        throw new InvalidInputException(
            "plumbline.golden is 'record', but this run of %d cases in %s has not all that is recorded; record it with: %s."
                .formatted(selected.size(), run.told().mode().id(), UPDATE));
      }
      golden.record(run.artifacts(), selected);
    }
    if (!comparable) {
      return;
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

  private static String how(String how) {
    if (!HOW.contains(how)) {
      throw new InvalidInputException(
          "plumbline.golden is '%s'; allowed are %s.".formatted(how, String.join(", ", HOW)));
    }
    return how;
  }
}
