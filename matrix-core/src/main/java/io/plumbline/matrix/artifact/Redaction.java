package io.plumbline.matrix.artifact;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Takes credentials out of texts before they are written: values that are known to be secret, and
 * whatever looks like a connection string, a password or {@code user:password@}.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class Redaction {
  private static final String MASK = "***";

  /** A shorter value would be found in texts that have nothing to do with it. */
  private static final int SHORTEST_SECRET = 6;

  private static final List<String> SECRET_WORDS =
      Stream.concat(
              Stream.of(
                  "password",
                  "passwd",
                  "passphrase",
                  "pwd",
                  "secret",
                  "token",
                  "credentials",
                  "credential"),
              Stream.of("api", "access", "private")
                  .flatMap(what -> Stream.of("", "_", ".", "-").map(sign -> what + sign + "key")))
          .toList();

  private static final String ANY_SECRET_WORD =
      SECRET_WORDS.stream().map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")"));

  /** PWD alone is the shell's working directory. */
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?!(?:OLD)?PWD$)(?:.*[_.-])?" + ANY_SECRET_WORD + "(?:[_.-].*)?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern JDBC =
      Pattern.compile("jdbc:([a-z0-9]+):[^\\s\"'<>]*[^\\s\"'<>,.;)]");
  private static final Pattern USER_INFO =
      Pattern.compile("[^\\s:/@\"'<>=]+:[^\\s/@\"'<>]+@(?=[\\w\\[.-])");
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "("
              + ANY_SECRET_WORD
              + "[\"']?\\s*[=:]\\s*)(?:\"[^\"]*\"|'[^']*'|(?!\\*\\*\\*)[^\\s;&,\"'<>}]+)",
          Pattern.CASE_INSENSITIVE);

  private final List<String> secrets;

  /** Knows the given values; those of fewer than six characters are left alone. */
  public Redaction(Collection<String> secrets) {
    this.secrets =
        secrets.stream()
            .filter(s -> s.length() >= SHORTEST_SECRET)
            .distinct()
            .sorted((a, b) -> Integer.compare(b.length(), a.length()))
            .toList();
  }

  /** Knows the values of every property and variable whose name says that it is a secret. */
  public static Redaction of(Map<String, String> properties, Map<String, String> environment) {
    Set<String> secrets = new LinkedHashSet<>();
    for (Map<String, String> values : List.of(properties, environment)) {
      values.forEach(
          (name, value) -> {
            if (SECRET_NAME.matcher(name).matches()) {
              secrets.add(value);
            }
          });
    }
    return new Redaction(secrets);
  }

  /** The text without credentials. */
  public String apply(String text) {
    String redacted = text;
    for (String secret : secrets) {
      redacted = redacted.replace(secret, MASK);
    }
    boolean separator = redacted.indexOf(':') >= 0 || redacted.indexOf('=') >= 0;
    if (!separator) {
      return redacted;
    }
    if (redacted.contains("jdbc:")) {
      redacted = JDBC.matcher(redacted).replaceAll("jdbc:$1:" + MASK);
    }
    if (redacted.indexOf('@') >= 0) {
      redacted = USER_INFO.matcher(redacted).replaceAll(MASK + "@");
    }
    // The expression tries every word at every character, which is slow on a long definition.
    String lower = redacted.toLowerCase(Locale.ROOT);
    return SECRET_WORDS.stream().anyMatch(lower::contains)
        ? ASSIGNMENT.matcher(redacted).replaceAll("$1" + MASK)
        : redacted;
  }
}
