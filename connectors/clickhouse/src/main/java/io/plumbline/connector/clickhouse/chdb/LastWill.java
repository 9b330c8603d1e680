package io.plumbline.connector.clickhouse.chdb;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The end of the process: its directory is removed, then it kills itself, because the engine's
 * threads would hang in an ordinary exit.
 */
final class LastWill {
  private static final int SIGKILL = 9;

  /** The engine's threads may still write while files are removed. */
  private static final int ATTEMPTS = 100;

  private final Path directory;

  /** The part of the C library that the end needs. */
  interface C extends Library {
    int kill(int process, int signal);
  }

  private LastWill(Path directory) {
    this.directory = directory;
  }

  static LastWill of(Path directory) {
    return new LastWill(directory);
  }

  void execute() {
    for (int attempt = 0; attempt < ATTEMPTS && Files.exists(directory); attempt++) {
      remove();
    }
    Native.load("c", C.class).kill(Math.toIntExact(ProcessHandle.current().pid()), SIGKILL);
  }

  private void remove() {
    try (Stream<Path> walk = Files.walk(directory)) {
      List<Path> files = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      // Something came or went meanwhile; the next attempt sees it.
    }
  }
}
