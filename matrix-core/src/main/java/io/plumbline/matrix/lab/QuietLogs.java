package io.plumbline.matrix.lab;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Keeps the running commentary of servers and libraries out of a run's output; what goes wrong
 * arrives as an exception. A level that the user has set stays.
 *
 * @param loggers held, because the log manager forgets a logger that nobody holds, and its level
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record QuietLogs(List<Logger> loggers) {

  /** Silences loggers by name, and all below them. */
  public static QuietLogs of(String... names) {
    return new QuietLogs(
        Stream.of(names)
            .map(Logger::getLogger)
            .peek(
                logger -> {
                  if (logger.getLevel() == null) {
                    logger.setLevel(Level.OFF);
                  }
                })
            .toList());
  }
}
