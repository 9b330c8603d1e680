package io.plumbline.matrix.cli;

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
import java.util.Properties;

/**
 * A run that is over, as the next step of the build finds it: its settings come from the same
 * places as when it ran.
 *
 * @param properties the build's, with the working directory of the run
 */
record FinishedRun(Map<String, String> properties, Settings settings) {

  static FinishedRun of(String workingDirectory, String runMode) {
    Map<String, String> properties = new HashMap<>();
    Properties all = System.getProperties();
    all.stringPropertyNames().forEach(name -> properties.put(name, all.getProperty(name)));
    properties.put("user.dir", workingDirectory);
    return new FinishedRun(
        properties,
        new Settings(properties, System.getenv(), Map.of(Setting.RUN_MODE.property(), runMode)));
  }

  RunSettings told() {
    return settings.runSettings();
  }

  Path artifacts() {
    return told().artifactDirectory();
  }

  /** The cases that it had; CompletenessCheck has compared them with the settings. */
  List<String> selected() {
    try {
      return Files.readAllLines(artifacts().resolve("selected.txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The run left no selected.txt in %s.".formatted(artifacts()), e);
    }
  }
}
