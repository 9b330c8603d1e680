package io.plumbline.matrix.registry;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/** A case id in which {@code *} stands for any characters and {@code ?} for one. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Glob(String text) {

  /** True when it names exactly one id. */
  public boolean literal() {
    return text.indexOf('*') < 0 && text.indexOf('?') < 0;
  }

  /** True when the whole id fits. */
  public boolean matches(String id) {
    return literal() ? text.equals(id) : pattern().matcher(id).matches();
  }

  /** True when the case fits with all of its versions, with one of them, or with none. */
  public boolean matches(CaseId id) {
    String base = id.base().toString();
    return matches(id.toString())
        || matches(base)
        || id.suffixes().anyMatch(suffix -> matches(base + "@" + suffix));
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
