package io.plumbline.matrix.registry;

import java.util.regex.Pattern;
import org.apiguardian.api.API;

/** A family of systems, e.g. {@code postgres}; open, because users bring their own. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Family(String id) implements Comparable<Family> {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]{0,30}");

  /** Refuses an id that could not be part of a case id. */
  public Family {
    if (!ID.matcher(id).matches()) {
      throw new InvalidInputException(
          "Family '%s' is not a valid id; allowed are lower-case letters and digits, beginning with a letter, at most 31."
              .formatted(id));
    }
  }

  @Override
  public int compareTo(Family other) {
    return id.compareTo(other.id);
  }

  @Override
  public String toString() {
    return id;
  }
}
