package io.plumbline.matrix.registry;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apiguardian.api.API;

/**
 * One of several disjoint parts of a selection that together are the selection; written {@code
 * 2/4}.
 *
 * @param index which part, from 1
 * @param count how many parts
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Shard(int index, int count) {
  /** The whole selection. */
  public static final Shard WHOLE = new Shard(1, 1);

  private static final Pattern TEXT = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

  /** Refuses a part that does not exist. */
  public Shard {
    if (index < 1 || index > count) {
      throw new InvalidInputException(
          "Shard '%d/%d' does not exist; allowed are i/n with i from 1 to n, e.g. 2/4."
              .formatted(index, count));
    }
  }

  /**
   * Reads {@code i/n}.
   *
   * @throws InvalidInputException when it is not such a text
   */
  public static Shard of(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidInputException(
          "Shard '%s' is not of the form i/n; allowed are i/n with i from 1 to n, e.g. 2/4."
              .formatted(text));
    }
    return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Every n-th item beginning with the i-th, so that the parts are about equally heavy. */
  <T> List<T> of(List<T> items) {
    return IntStream.range(0, items.size())
        .filter(i -> i % count == index - 1)
        .mapToObj(items::get)
        .toList();
  }

  @Override
  public String toString() {
    return index + "/" + count;
  }
}
