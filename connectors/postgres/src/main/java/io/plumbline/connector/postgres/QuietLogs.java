package io.plumbline.connector.postgres;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Keeps the embedded server's and Debezium's running commentary out of a run's output; what goes
 * wrong arrives as an exception. A level that the user has set stays.
 *
 * @param loggers held, because the log manager forgets a logger that nobody holds, and its level
 */
record QuietLogs(List<Logger> loggers) {

  static QuietLogs begin() {
    return new QuietLogs(
        Stream.of("io.debezium", "org.apache.kafka", "io.zonky", "org.postgresql")
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
