package io.plumbline.matrix.cli;

import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.run.RunSettings;
import io.plumbline.matrix.run.Setting;
import io.plumbline.matrix.run.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * After a run on real systems: compares it with the last run of mock_contract, whose artifacts lie
 * beside its own.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class AgreementCheck {
  private static final int SHOWN = 10;

  private AgreementCheck() {}

  /**
   * Throws when a case did not do what it does in memory.
   *
   * @param arguments working directory and run mode of the run
   */
  @SuppressWarnings("SystemOut") // the build tool's terminal
  public static void main(String... arguments) {
    Map<String, String> properties = new HashMap<>();
    System.getProperties()
        .stringPropertyNames()
        .forEach(name -> properties.put(name, String.valueOf(System.getProperty(name))));
    properties.put("user.dir", arguments[0]);
    RunSettings run =
        new Settings(properties, System.getenv(), Map.of(Setting.RUN_MODE.property(), arguments[1]))
            .runSettings();
    if (run.mode() == RunMode.MOCK_CONTRACT) {
      return;
    }
    Path artifacts = run.artifactDirectory();
    Agreement agreement =
        new Agreement(artifacts.resolveSibling(RunMode.MOCK_CONTRACT.id()), artifacts);
    List<String> selected = selected(artifacts);
    selected.forEach(agreement::compare);
    List<String> differences = agreement.differences();
    if (!differences.isEmpty()) {
      throw new IllegalStateException(
          "%d things are not as in mock_contract, so that the model in memory is wrong, or a connector. %s"
              .formatted(
                  differences.size(),
                  String.join(" ", differences.subList(0, Math.min(SHOWN, differences.size())))));
    }
    System.out.println(sentence(agreement, selected.size()));
  }

  private static String sentence(Agreement agreement, int cases) {
    if (agreement.compared() == 0) {
      return "Plumbline: nothing was compared with mock_contract; run it before, with the same volume and seed.";
    }
    return "Plumbline: %d of %d cases did what they do in mock_contract; not observable here: %s"
        .formatted(agreement.compared(), cases, new TreeMap<>(agreement.unseen()));
  }

  private static List<String> selected(Path artifacts) {
    try {
      return Files.readAllLines(artifacts.resolve("selected.txt"));
    } catch (IOException e) {
      throw new UncheckedIOException("The run left no selected.txt in %s.".formatted(artifacts), e);
    }
  }
}
