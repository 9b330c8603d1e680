package io.plumbline.connector.clickhouse;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.plumbline.connector.tck.SharedSystem;
import io.plumbline.matrix.connector.SystemUnavailableException;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * One real engine for all tests of the JVM. Where its library cannot be had, the tests are skipped
 * with the sentence that says how to get it.
 */
final class Clickhouse extends SharedSystem {
  Clickhouse() {
    super(new ClickhouseConnector(), ClickhouseSystem.class);
  }

  @Override
  protected void assumeAvailable() {
    library();
  }

  static ClickhouseSystem start(Path directory) {
    library();
    return (ClickhouseSystem) new ClickhouseConnector().providers().get(0).start(directory);
  }

  /** The library; a test that needs it is skipped where it cannot be had. */
  static Path library() {
    String missing = "";
    try {
      return ChdbLibrary.ofJvm().file();
    } catch (SystemUnavailableException e) {
      missing = e.getMessage();
    }
    assumeThat(missing).isEmpty();
    throw new IllegalStateException(missing);
  }

  /** The process of the engine that was started last. */
  static ProcessHandle newestEngine() {
    return ProcessHandle.current()
        .children()
        .max(Comparator.comparing(child -> child.info().startInstant().orElseThrow()))
        .orElseThrow();
  }
}
