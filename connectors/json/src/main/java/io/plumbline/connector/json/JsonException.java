package io.plumbline.connector.json;

import java.io.Serial;

/** A document does not hold what its schema says; the message is one sentence. */
public final class JsonException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  JsonException(String message) {
    super(message);
  }

  JsonException(String message, Throwable cause) {
    super(message, cause);
  }
}
