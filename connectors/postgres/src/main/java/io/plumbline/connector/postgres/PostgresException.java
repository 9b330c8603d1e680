package io.plumbline.connector.postgres;

import io.plumbline.matrix.connector.SystemFailureException;
import java.io.Serial;
import java.sql.SQLException;
import org.apiguardian.api.API;

/** PostgreSQL refused what it was asked for; the message is one sentence. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class PostgresException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  PostgresException(String message, Throwable cause) {
    super(message, cause);
  }

  PostgresException(String message) {
    super(message);
  }

  /**
   * What a failed statement means: a lost or refused connection is the lab's failure, everything
   * else the product's.
   *
   * @param doing completes "while …"
   */
  static RuntimeException of(SQLException failure, String doing) {
    return connectionLost(failure.getSQLState())
        ? new SystemFailureException(
            PostgresTypes.FAMILY, "The connection was lost while " + doing + ".", failure)
        : new PostgresException(
            "PostgreSQL failed while %s: %s (SQLSTATE %s)"
                .formatted(doing, failure.getMessage(), failure.getSQLState()),
            failure);
  }

  /** The first SQL failure in a chain of causes decides; without one it is the product's. */
  static RuntimeException ofChain(Throwable failure, String doing) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && connectionLost(sql.getSQLState())) {
        return of(sql, doing);
      }
      if (cause instanceof java.net.SocketException || cause instanceof java.io.EOFException) {
        return new SystemFailureException(
            PostgresTypes.FAMILY, "The connection was lost while " + doing + ".", failure);
      }
    }
    return new PostgresException("PostgreSQL failed while " + doing + ".", failure);
  }

  /** Connection exceptions, shutdown, crash, start-up, and no connection left. */
  private static boolean connectionLost(@org.jspecify.annotations.Nullable String state) {
    return state != null
        && (state.startsWith("08") || state.startsWith("57P0") || state.equals("53300"));
  }
}
