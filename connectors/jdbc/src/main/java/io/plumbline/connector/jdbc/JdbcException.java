package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.SystemFailureException;
import java.io.IOException;
import java.io.Serial;
import java.sql.SQLException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** A server refused what it was asked for; the message is one sentence. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class JdbcException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private static final String LOST = "The connection was lost";

  /** What was wrong, and why. */
  public JdbcException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What was wrong. */
  public JdbcException(String message) {
    super(message);
  }

  /**
   * What a failure means: a lost or refused connection anywhere in its causes, or a full disk, is
   * the lab's, all else the product's.
   *
   * @param doing completes "while …"
   */
  public static RuntimeException of(JdbcDialect dialect, Throwable failure, String doing) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String lab = lab(dialect, cause);
      if (lab != null) {
        return new SystemFailureException(
            dialect.family(), "%s while %s: %s".formatted(lab, doing, sentence(cause)), failure);
      }
    }
    return new JdbcException(
        "%s failed while %s: %s".formatted(dialect.product(), doing, sentence(failure)), failure);
  }

  /** What is wrong with the lab; null when it is the product's failure. */
  private static @Nullable String lab(JdbcDialect dialect, Throwable cause) {
    if (cause instanceof SQLException failure) {
      if (dialect.lab().diskFull().contains(failure.getErrorCode())) {
        return "The server's disk was full";
      }
      String state = failure.getSQLState();
      boolean lost = dialect.lab().lost().contains(failure.getErrorCode());
      return lost || (state != null && state.startsWith("08")) ? LOST : null;
    }
    return cause instanceof IOException ? LOST : null;
  }

  private static String sentence(Throwable failure) {
    return failure instanceof SQLException sql
        ? "%s (SQLSTATE %s)".formatted(sql.getMessage(), sql.getSQLState())
        : String.valueOf(failure.getMessage());
  }
}
