package io.plumbline.matrix.run;

import io.plumbline.matrix.mover.PhaseLedger;
import io.plumbline.matrix.oracle.CheckResult;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * What a round did and what was found.
 *
 * @param name {@code first}, {@code change}, {@code replay} and {@code gate}; or {@code refusal};
 *     and {@code contract} where a registry promises guides
 * @param phases the phases that ran
 * @param checks the checks that were executed
 * @param counts measured counts by name, e.g. {@code rows_in_target}, {@code cells_verified},
 *     {@code rows_moved}; in a fixed order
 * @param checksums content checksums by name ({@code expected}, {@code actual}), hexadecimal
 * @param millis wall time, and of it by part ({@code fixture}, {@code move}, {@code verify})
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record RoundResult(
    String name,
    List<PhaseLedger.Entry> phases,
    List<CheckResult> checks,
    Map<String, Long> counts,
    Map<String, String> checksums,
    Map<String, Long> millis) {
  /** Keeps unmodifiable views. */
  public RoundResult {
    phases = List.copyOf(phases);
    checks = List.copyOf(checks);
    counts = java.util.Collections.unmodifiableMap(counts);
    checksums = java.util.Collections.unmodifiableMap(checksums);
    millis = java.util.Collections.unmodifiableMap(millis);
  }
}
