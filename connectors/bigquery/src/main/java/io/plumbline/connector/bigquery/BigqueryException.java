package io.plumbline.connector.bigquery;

import java.io.Serial;
import org.apiguardian.api.API;

/** BigQuery refused what it was asked for; the message is one sentence. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class BigqueryException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  BigqueryException(String message) {
    super(message);
  }

  BigqueryException(String message, Throwable cause) {
    super(message, cause);
  }
}
