package io.plumbline.matrix.cli;

import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.RunMode;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * After a run on real systems: compares it with the last run of mock_contract, whose artifacts lie
 * beside its own.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class AgreementCheck {
  private static final int SHOWN = 10;
  private static final List<String> HOW = List.of("wanted", "required");
  private static final String NOTHING =
      "nothing was compared with mock_contract; run it before, with the same volume and seed.";

  private AgreementCheck() {}

  /**
   * Throws when a case did not do what it does in memory, or none was compared where that is
   * required.
   *
   * @param arguments working directory and run mode of the run, {@code wanted} or {@code required}
   */
  @SuppressWarnings("SystemOut") // the build tool's terminal
  public static void main(String... arguments) {
    String how = how(arguments[2]);
    FinishedRun run = FinishedRun.of(arguments[0], arguments[1]);
    if (run.told().mode() == RunMode.MOCK_CONTRACT) {
      return;
    }
    Path artifacts = run.artifacts();
    Agreement agreement =
        new Agreement(artifacts.resolveSibling(RunMode.MOCK_CONTRACT.id()), artifacts);
    List<String> selected = run.selected();
    selected.forEach(agreement::compare);
    List<String> differences = agreement.differences();
    if (!differences.isEmpty()) {
      throw new IllegalStateException(
          "%d things are not as in mock_contract, so that the model in memory is wrong, or a connector. %s"
              .formatted(
                  differences.size(),
                  String.join(" ", differences.subList(0, Math.min(SHOWN, differences.size())))));
    }
    if (agreement.compared() == 0 && how.equals("required")) {
      throw new IllegalStateException("plumbline.agreement is required, but " + NOTHING);
    }
    System.out.println(sentence(agreement, selected.size()));
  }

  private static String how(String how) {
    if (!HOW.contains(how)) {
      throw new InvalidInputException(
          "plumbline.agreement is '%s'; allowed are %s.".formatted(how, String.join(", ", HOW)));
    }
    return how;
  }

  private static String sentence(Agreement agreement, int cases) {
    if (agreement.compared() == 0) {
      return "Plumbline: " + NOTHING;
    }
    return "Plumbline: %d of %d cases did what they do in mock_contract; not observable here: %s"
        .formatted(agreement.compared(), cases, new TreeMap<>(agreement.unseen()));
  }
}
