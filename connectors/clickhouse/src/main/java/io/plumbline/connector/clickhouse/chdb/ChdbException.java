package io.plumbline.connector.clickhouse.chdb;

import java.io.Serial;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The engine refused a statement; the message is the engine's own. */
final class ChdbException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private static final Pattern CODE = Pattern.compile("Code: (\\d+)\\.");
  private static final String UNKNOWN = "1001";

  ChdbException(String message) {
    super(message);
  }

  /** The engine's error code. */
  String code() {
    Matcher matcher = CODE.matcher(String.valueOf(getMessage()));
    return matcher.find() ? matcher.group(1) : UNKNOWN;
  }
}
