package io.plumbline.connector.clickhouse;

import java.io.Serial;
import org.apiguardian.api.API;

/** ClickHouse refused what it was asked for; the message is one sentence. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class ClickhouseException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  ClickhouseException(String message, Throwable cause) {
    super(message, cause);
  }

  ClickhouseException(String message) {
    super(message);
  }
}
