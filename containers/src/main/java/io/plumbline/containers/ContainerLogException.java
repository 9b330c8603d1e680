package io.plumbline.containers;

import java.util.List;

/** The last words of a container: the cause of a failure that only the container can explain. */
final class ContainerLogException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LINES = 50;

  private ContainerLogException(String message, Throwable cause) {
    super(message, cause);
  }

  static ContainerLogException of(String log, Throwable cause) {
    List<String> lines = log.strip().lines().toList();
    List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    return new ContainerLogException(
        last.isEmpty()
            ? "The container's log is empty."
            : "The last %d lines of the container's log:\n%s"
                .formatted(last.size(), String.join("\n", last)),
        cause);
  }
}
