package io.plumbline.matrix.memory;

import io.plumbline.matrix.connector.TypeMapping.Declaration;
import org.apiguardian.api.API;

/** What an in-memory system makes of a value on its way in. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
@FunctionalInterface
public interface Conversion {

  /**
   * The image of a value that is not NULL.
   *
   * @param declaration what the system declares about it; never EXACT
   */
  Object of(Declaration declaration, Object value);
}
