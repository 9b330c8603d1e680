package io.plumbline.connector.postgres;

import io.plumbline.matrix.connector.SystemFailureException;
import java.io.EOFException;
import java.io.Serial;
import java.net.SocketException;
import java.sql.SQLException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** PostgreSQL refused what it was asked for; the message is one sentence. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class PostgresException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private static final String DISK_FULL = "53100";
  private static final String LOST = "The connection was lost";

  PostgresException(String message, Throwable cause) {
    super(message, cause);
  }

  PostgresException(String message) {
    super(message);
  }

  /**
   * What a failed statement means: a lost or refused connection and a full disk are the lab's
   * failures, everything else is the product's.
   *
   * @param doing completes "while …"
   */
  static RuntimeException of(SQLException failure, String doing) {
    String lab = lab(failure);
    return lab != null
        ? new SystemFailureException(
            PostgresTypes.FAMILY, "%s while %s.".formatted(lab, doing), failure)
        : new PostgresException(
            "PostgreSQL failed while %s: %s (SQLSTATE %s)"
                .formatted(doing, failure.getMessage(), failure.getSQLState()),
            failure);
  }

  /** The first SQL failure in a chain of causes decides; without one it is the product's. */
  static RuntimeException ofChain(Throwable failure, String doing) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && lab(sql) != null) {
        return of(sql, doing);
      }
      if (cause instanceof SocketException || cause instanceof EOFException) {
        return new SystemFailureException(
            PostgresTypes.FAMILY, "%s while %s.".formatted(LOST, doing), failure);
      }
    }
    return new PostgresException("PostgreSQL failed while " + doing + ".", failure);
  }

  /** What is wrong with the lab; null when it is the product's failure. */
  private static @Nullable String lab(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    if (state.equals(DISK_FULL)) {
      return "The server's disk was full";
    }
    // Connection exceptions, shutdown, crash, start-up, and no connection left.
    boolean lost = state.startsWith("08") || state.startsWith("57P0") || state.equals("53300");
    return lost ? LOST : null;
  }
}
