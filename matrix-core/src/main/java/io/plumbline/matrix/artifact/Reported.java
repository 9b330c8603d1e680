package io.plumbline.matrix.artifact;

import io.plumbline.matrix.run.CaseResult;
import java.time.Duration;
import org.apiguardian.api.API;

/**
 * A result as it was reported.
 *
 * @param suite the suite class that the case stands in
 * @param wall how long the case took
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public record Reported(String suite, CaseResult result, Duration wall) {}
