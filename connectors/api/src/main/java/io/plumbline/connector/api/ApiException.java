package io.plumbline.connector.api;

import java.io.Serial;
import org.apiguardian.api.API;

/** The API did not give what it was asked for; the message is one sentence. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class ApiException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  ApiException(String message) {
    super(message);
  }

  ApiException(String message, Throwable cause) {
    super(message, cause);
  }
}
