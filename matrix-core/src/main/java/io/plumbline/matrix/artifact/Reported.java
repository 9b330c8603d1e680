package io.plumbline.matrix.artifact;

import io.plumbline.matrix.run.CaseResult;
import java.time.Duration;

/**
 * A result as it was reported.
 *
 * @param suite the suite class that the case stands in
 * @param wall how long the case took
 */
public record Reported(String suite, CaseResult result, Duration wall) {}
