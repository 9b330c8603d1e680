package io.plumbline.matrix.cli;

import com.sun.management.OperatingSystemMXBean;
import io.plumbline.matrix.lab.UserCache;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * What can be seen of the machine.
 *
 * @param properties those of the JVM
 * @param cores for this JVM
 * @param memory bytes; of the container, when it is in one
 * @param cache what a user keeps from run to run
 * @param free bytes that a folder has left; empty when nobody says
 * @param answer the first line that a command prints; empty when there is no such command, or it
 *     fails
 */
record Machine(
    Map<String, String> properties,
    int cores,
    long memory,
    UserCache cache,
    Function<Path, OptionalLong> free,
    Function<List<String>, Optional<String>> answer) {
  private static final int PATIENCE_SECONDS = 20;

  /** The one that this JVM runs on. */
  static Machine ofJvm() {
    Properties all = System.getProperties();
    Map<String, String> properties = new HashMap<>();
    all.stringPropertyNames().forEach(name -> properties.put(name, all.getProperty(name)));
    return new Machine(
        properties,
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize(),
        UserCache.ofJvm(),
        Machine::usable,
        Machine::run);
  }

  String property(String name) {
    return properties.getOrDefault(name, "unknown");
  }

  private static OptionalLong usable(Path folder) {
    try {
      return OptionalLong.of(Files.getFileStore(folder).getUsableSpace());
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private static Optional<String> run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try {
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
          return Optional.empty();
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return text.lines().findFirst();
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
