package io.plumbline.repository;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of {@code .ci/run}, as commands and what is expected of them. */
final class CiScript {
  private static final Pattern LINE =
      Pattern.compile("((?:[A-Z][A-Z_]*=\\S* )*)(?:(prints|fails) '([^']+)' )?(.+)");

  private final Map<String, Line> lines = new LinkedHashMap<>();

  /**
   * A command as it is run.
   *
   * @param fails true when it must fail
   * @param prints what it must print; empty when nobody looks
   */
  record Line(boolean fails, String prints) {}

  CiScript(String text) {
    for (String line : text.lines().map(String::strip).toList()) {
      Matcher matcher = LINE.matcher(line);
      if (!line.startsWith("#") && matcher.matches()) {
        lines.put(
            matcher.group(1) + matcher.group(4),
            new Line(
                "fails".equals(matcher.group(2)),
                Optional.ofNullable(matcher.group(3)).orElse("")));
      }
    }
  }

  Optional<Line> line(String command) {
    return Optional.ofNullable(lines.get(command));
  }
}
