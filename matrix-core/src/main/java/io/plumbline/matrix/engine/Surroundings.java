package io.plumbline.matrix.engine;

import io.plumbline.matrix.artifact.Redaction;
import io.plumbline.matrix.run.Setting;
import io.plumbline.matrix.run.Settings;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.platform.engine.ConfigurationParameters;

/**
 * What the engine takes from the JVM it runs in.
 *
 * @param properties system properties
 * @param environment environment variables
 * @param out where progress is printed
 * @param runs makes the run
 */
record Surroundings(
    Map<String, String> properties,
    Map<String, String> environment,
    PrintStream out,
    RunFactory runs) {

  @SuppressWarnings("SystemOut") // the one place where the engine meets the terminal
  static Surroundings ofJvm(RunFactory runs) {
    Map<String, String> properties = new HashMap<>();
    Properties all = System.getProperties();
    all.stringPropertyNames().forEach(name -> properties.put(name, all.getProperty(name)));
    return new Surroundings(properties, System.getenv(), System.out, runs);
  }

  /** Takes out what the JVM was told as a secret. */
  Redaction redaction() {
    return Redaction.of(properties, environment);
  }

  Settings settings(ConfigurationParameters parameters) {
    Map<String, String> given = new HashMap<>();
    for (String name : parameters.keySet()) {
      parameters.get(name).ifPresent(value -> given.put(name, value));
    }
    // junit-platform.properties answers by name only.
    for (Setting setting : Setting.values()) {
      parameters.get(setting.property()).ifPresent(value -> given.put(setting.property(), value));
    }
    return new Settings(properties, environment, given);
  }
}
