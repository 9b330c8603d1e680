package io.plumbline.connector.clickhouse;

import java.io.IOException;
import java.nio.file.Path;

/** Starts an engine in a JVM of its own, which a test then kills. */
final class EngineParent {
  private EngineParent() {}

  /** Prints the engine's process and waits. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws IOException {
    ChdbProcess engine = ChdbProcess.start(ChdbLibrary.ofJvm().file(), Path.of(arguments[0]));
    System.out.println(engine.handle().pid());
    while (System.in.read() >= 0) {
      // Until somebody kills it.
    }
  }
}
