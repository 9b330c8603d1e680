package io.plumbline.matrix.registry;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A case id in which {@code *} stands for any characters and {@code ?} for one. */
public record Glob(String text) {

  /** True when it names exactly one id. */
  public boolean literal() {
    return text.indexOf('*') < 0 && text.indexOf('?') < 0;
  }

  /** True when the whole id fits. */
  public boolean matches(String id) {
    return literal() ? text.equals(id) : pattern().matcher(id).matches();
  }

  private Pattern pattern() {
    return Pattern.compile(
        Arrays.stream(text.split("(?<=[*?])|(?=[*?])", -1))
            .map(part -> part.equals("*") ? ".*" : part.equals("?") ? "." : Pattern.quote(part))
            .collect(Collectors.joining()));
  }

  @Override
  public String toString() {
    return text;
  }
}
