package io.plumbline.repository;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of {@code .ci/run}, as commands and what is expected of them. */
final class CiScript {
  private static final Pattern LINE =
      Pattern.compile("((?:[A-Z][A-Z_]*=\\S* )*)((?:(?:prints|fails) '[^']+' )*)(.+)");
  private static final Pattern EXPECTATION = Pattern.compile("(prints|fails) '([^']+)' ");

  private final Map<String, Line> lines = new LinkedHashMap<>();

  /**
   * A command as it is run.
   *
   * @param fails true when it must fail
   * @param prints what it must print; empty when nobody looks
   */
  record Line(boolean fails, List<String> prints) {}

  CiScript(String text) {
    for (String line : text.lines().map(String::strip).toList()) {
      Matcher matcher = LINE.matcher(line);
      if (!line.startsWith("#") && matcher.matches()) {
        String expectations = matcher.group(2);
        lines.put(
            matcher.group(1) + matcher.group(3),
            new Line(
                expectations.startsWith("fails"),
                EXPECTATION.matcher(expectations).results().map(r -> r.group(2)).toList()));
      }
    }
  }

  /** The script, and the steps of the workflow for pull requests, of which it is one. */
  static CiScript of(Repository repository) throws IOException {
    StringBuilder text = new StringBuilder(repository.text(".ci/run"));
    new YAMLMapper()
        .readTree(repository.text(".github/workflows/ci.yml"))
        .findValuesAsText("run")
        .forEach(step -> text.append('\n').append(step));
    return new CiScript(text.toString());
  }

  Optional<Line> line(String command) {
    return Optional.ofNullable(lines.get(command));
  }
}
