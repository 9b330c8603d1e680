package io.plumbline.connector.api;

import java.io.Serial;

/** The API did not give what it was asked for; the message is one sentence. */
public final class ApiException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  ApiException(String message) {
    super(message);
  }

  ApiException(String message, Throwable cause) {
    super(message, cause);
  }
}
