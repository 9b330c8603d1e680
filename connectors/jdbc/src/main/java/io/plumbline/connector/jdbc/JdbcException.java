package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.SystemFailureException;
import java.io.IOException;
import java.io.Serial;
import java.sql.SQLException;
import org.apiguardian.api.API;

/** A server refused what it was asked for; the message is one sentence. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class JdbcException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** What was wrong, and why. */
  public JdbcException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What was wrong. */
  public JdbcException(String message) {
    super(message);
  }

  /**
   * What a failure means: a lost or refused connection anywhere in its causes is the lab's, all
   * else the product's.
   *
   * @param doing completes "while …"
   */
  public static RuntimeException of(JdbcDialect dialect, Throwable failure, String doing) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql ? lost(dialect, sql) : cause instanceof IOException) {
        return new SystemFailureException(
            dialect.family(),
            "The connection was lost while %s: %s".formatted(doing, sentence(cause)),
            failure);
      }
    }
    return new JdbcException(
        "%s failed while %s: %s".formatted(dialect.product(), doing, sentence(failure)), failure);
  }

  private static boolean lost(JdbcDialect dialect, SQLException failure) {
    String state = failure.getSQLState();
    return dialect.lost().codes().contains(failure.getErrorCode())
        || (state != null && (state.startsWith("08") || dialect.lost().states().contains(state)));
  }

  private static String sentence(Throwable failure) {
    return failure instanceof SQLException sql
        ? "%s (SQLSTATE %s)".formatted(sql.getMessage(), sql.getSQLState())
        : String.valueOf(failure.getMessage());
  }
}
