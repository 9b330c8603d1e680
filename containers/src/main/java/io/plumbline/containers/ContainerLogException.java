package io.plumbline.containers;

import java.util.List;

/** The last words of a container: the cause of a failure that only the container can explain. */
final class ContainerLogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private ContainerLogException(String message, Throwable cause) {
    super(message, cause);
  }

  static ContainerLogException of(List<String> last, Throwable cause) {
    return new ContainerLogException(
        last.isEmpty()
            ? "The container wrote nothing."
            : "The last %d lines of the container's log:\n%s"
                .formatted(last.size(), String.join("\n", last)),
        cause);
  }
}
