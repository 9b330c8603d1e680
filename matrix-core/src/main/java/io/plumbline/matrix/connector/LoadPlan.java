package io.plumbline.matrix.connector;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.apiguardian.api.API;

/**
 * What a mover asks a writer for.
 *
 * @param loadId names the load; a retry of the same load has the same id
 * @param action how rows become the target
 * @param window the dates of {@link WriteAction#REPLACE_WINDOW}; else empty
 * @param effectiveAt when the load takes effect, UTC; the time used for validity intervals
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record LoadPlan(
    String loadId, WriteAction action, List<LocalDate> window, LocalDateTime effectiveAt) {
  /** Keeps an unmodifiable copy. */
  public LoadPlan {
    window = List.copyOf(window);
  }
}
