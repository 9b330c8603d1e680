package io.plumbline.containers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The process that a container belongs to, as it is written on the container. Testcontainers' own
 * reaper is a container that has to be had first, and may be switched off; a process that is gone
 * is seen by everybody on the same machine.
 *
 * @param place user, machine and what numbers its processes: only there a number names a process
 * @param pid of the process
 * @param started when it was started, because numbers are used again
 */
record Owner(String place, long pid, Instant started) {
  static final String PLACE = "io.plumbline.owner";
  private static final String PID = "io.plumbline.owner.pid";
  private static final String STARTED = "io.plumbline.owner.started";

  /** A clock that was set moves the beginning of every process. */
  private static final Duration SAME = Duration.ofSeconds(10);

  static Owner current() {
    ProcessHandle self = ProcessHandle.current();
    return new Owner(here(), self.pid(), self.info().startInstant().orElse(Instant.EPOCH));
  }

  private static String here() {
    return "%s@%s %s".formatted(System.getProperty("user.name"), host(), processes());
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static String processes() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException e) {
      return "pid";
    }
  }

  Map<String, String> labels() {
    return Map.of(PLACE, place, PID, Long.toString(pid), STARTED, started.toString());
  }

  /** True when labels are those of a process of this place that has ended. */
  boolean outlived(Map<String, String> labels) {
    if (!place.equals(labels.get(PLACE))) {
      return false;
    }
    try {
      long other = Long.parseLong(text(labels.get(PID)));
      Instant since = Instant.parse(text(labels.get(STARTED)));
      return ProcessHandle.of(other)
          .flatMap(process -> process.info().startInstant())
          .map(start -> Duration.between(start, since).abs().compareTo(SAME) > 0)
          .orElse(true);
    } catch (RuntimeException e) {
      // Not written by us.
      return false;
    }
  }

  private static String text(@Nullable String label) {
    return label == null ? "" : label;
  }
}
