package io.plumbline.matrix.engine;

import io.plumbline.matrix.registry.Glob;
import java.util.Arrays;
import java.util.Optional;

/**
 * What {@code -Dtest} holds. Failsafe does not look at it, so {@code -Dtest=Suite#case} would run
 * every case of every suite without a word.
 */
record MethodFilter(String text) {

  /** Why a suite cannot be run under this filter; empty when it can. */
  Optional<String> refusal(Class<?> suite) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(item -> item.contains("#") && names(item.substring(0, item.indexOf('#')), suite))
        .map(
            item ->
                "-Dtest=%s names a method, and a case is none; use -Dmatrix.case=%s (an id or a glob) instead."
                    .formatted(text, item.substring(item.indexOf('#') + 1)))
        .findFirst();
  }

  /** A class pattern is a simple or qualified name with {@code *}, or a path of a file. */
  private static boolean names(String pattern, Class<?> suite) {
    String name = pattern.replaceFirst("^!", "").replaceFirst("\\.(java|class)$", "");
    String simple = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')) + 1);
    return new Glob(simple).matches(suite.getSimpleName());
  }
}
