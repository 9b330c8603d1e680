package io.plumbline.matrix.connector;

import java.util.Locale;
import org.apiguardian.api.API;

/** What a row in flight means. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public enum Op {
  /** A row of a snapshot that replaces everything. */
  SNAPSHOT,
  /** A new row. */
  INSERT,
  /** The new image of a row; written whether or not the key exists. */
  UPDATE,
  /** The key is gone; only the key cell is read. */
  DELETE,
  /** A row of a window that is replaced as a whole. */
  REPLACE;

  /** The name used in events. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
