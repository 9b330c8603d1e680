package io.plumbline.matrix.cli;

import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.registry.Matrix;
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
    Map<String, String> properties = new HashMap<>();
    System.getProperties()
        .stringPropertyNames()
        .forEach(name -> properties.put(name, String.valueOf(System.getProperty(name))));
    properties.put("user.dir", arguments[1]);
    Settings settings =
        new Settings(
            properties, System.getenv(), Map.of(Setting.RUN_MODE.property(), arguments[2]));
    RunSettings run = settings.runSettings();
    if (run.mode() != RunMode.MOCK_CONTRACT || !run.volume().equals(Volume.DEFAULT)) {
      return;
    }
    Matrix matrix = Matrix.ofClassPath(Matrix.CANONICAL);
    List<String> selected = selected(run.artifactDirectory());
    boolean whole = selected.size() == matrix.cases().size();
    GoldenBehaviors golden = new GoldenBehaviors(Path.of(arguments[0]));
    if (arguments[3].equals("record") && whole) {
      golden.record(run.artifactDirectory(), selected);
    }
    List<String> differences = golden.differences(run.artifactDirectory(), selected, whole);
    if (!differences.isEmpty()) {
      throw new IllegalStateException(
          "The behaviour of %d cases is not the recorded one; when that is wanted, record it with: %s. %s"
              .formatted(
                  differences.size(),
                  UPDATE,
                  String.join(" ", differences.subList(0, Math.min(10, differences.size())))));
    }
  }

  /** The cases that the run had; CompletenessCheck has compared them with the settings. */
  private static List<String> selected(Path artifacts) {
    try {
      return Files.readAllLines(artifacts.resolve("selected.txt"));
    } catch (IOException e) {
      throw new UncheckedIOException("The run left no selected.txt in %s.".formatted(artifacts), e);
    }
  }
}
