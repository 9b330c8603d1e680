package io.plumbline.connector.json;

import java.io.Serial;
import org.apiguardian.api.API;

/** A document does not hold what its schema says; the message is one sentence. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class JsonException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  JsonException(String message) {
    super(message);
  }

  JsonException(String message, Throwable cause) {
    super(message, cause);
  }
}
