package io.plumbline.connector.kafka;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the clients' running commentary out of a run's output; what goes wrong arrives as an
 * exception. A level that the user has set stays.
 *
 * @param logger held, because the log manager forgets a logger that nobody holds, and its level
 */
record QuietLogs(Logger logger) {

  static QuietLogs begin() {
    Logger logger = Logger.getLogger("org.apache.kafka");
    if (logger.getLevel() == null) {
      logger.setLevel(Level.OFF);
    }
    return new QuietLogs(logger);
  }
}
