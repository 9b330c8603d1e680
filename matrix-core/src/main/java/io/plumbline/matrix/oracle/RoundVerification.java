package io.plumbline.matrix.oracle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What the oracle found after a round.
 *
 * @param checks every check that was executed, with expected, actual and outcome
 * @param counts measured counts by name
 * @param checksums content checksums by name: {@code expected}, {@code actual}
 * @param difference where content differs
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record RoundVerification(
    List<CheckResult> checks,
    Map<String, Long> counts,
    Map<String, String> checksums,
    Optional<Difference> difference) {}
