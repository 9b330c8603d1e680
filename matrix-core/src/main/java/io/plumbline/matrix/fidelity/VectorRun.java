package io.plumbline.matrix.fidelity;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.Absent;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.dataset.ValueDomain;
import io.plumbline.matrix.memory.DeclaredConversion;
import io.plumbline.matrix.oracle.FidelityRules;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.Matrix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Takes values through every pair of a registry, twice: by the oracle's rules and by the conversion
 * of the in-memory systems, which know nothing of each other and must agree. What a human expects
 * of a vector decides where both could be wrong.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class VectorRun {
  private static final String ABSENT = "absent";

  /** A native type of text with its greatest length. */
  private static final Pattern TEXT_COLUMN =
      Pattern.compile("(?i)(?:n?(?:var)?char|string|fixedstring)\\((\\d+)\\)");

  private final List<Place> places;
  private final List<String> problems = new ArrayList<>();
  private int images;
  private int literals;

  /**
   * Values through the pairs of a registry.
   *
   * @param connectors one per family of the registry
   */
  public VectorRun(Matrix matrix, List<Connector> connectors) {
    this.places = Place.of(matrix, connectors);
  }

  /**
   * What was taken where.
   *
   * @param vectors vectors of the file
   * @param images values that were taken through a family or a pair by both
   * @param literals of these, vectors whose result a human wrote
   * @param problems everything that must turn the build red, a sentence each
   */
  public record Result(int vectors, int images, int literals, List<String> problems) {
    /** Keeps an unmodifiable copy. */
    public Result {
      problems = List.copyOf(problems);
    }
  }

  /** Takes the vectors through every pair, and all values that a seed's domain has. */
  public Result run(List<TypeVector> vectors, long seed) {
    vectors.forEach(this::take);
    if (vectors.isEmpty()) {
      problems.add("No vector was run; every logical type needs one.");
    } else if (literals == 0) {
      problems.add(
          "None of %d vectors was compared with what a human expects; write it into expect of one at least."
              .formatted(vectors.size()));
    }
    ValueDomain domain = new ValueDomain(seed);
    for (LogicalType type : LogicalType.values()) {
      takeAll(type, domain.values(type));
    }
    return new Result(vectors.size(), images, literals, problems);
  }

  private void take(TypeVector vector) {
    for (Place place : places) {
      List<Declaration> way = place.way(vector.type());
      Object image = takeTo(vector.id(), place, way, vector.value());
      for (String name : place.names()) {
        String expected = vector.expected().get(name);
        if (expected != null) {
          literals++;
          compare(vector, name, expected, way.get(way.size() - 1).carried(), image);
        }
      }
    }
    for (String name : vector.expected().keySet()) {
      if (places.stream().noneMatch(place -> place.names().contains(name))) {
        problems.add(
            "Vector %s expects something of '%s'; allowed are families, like mssql or kafka sink, and pairs, like mssql_to_bigquery."
                .formatted(vector.id(), name));
      }
    }
  }

  private void compare(
      TypeVector vector,
      String place,
      String expected,
      LogicalType arriving,
      @Nullable Object image) {
    String arrived = image == Absent.ABSENT ? ABSENT : arriving.id() + " " + image;
    boolean equal;
    try {
      equal =
          image == Absent.ABSENT
              ? expected.equals(ABSENT)
              : expected.startsWith(arriving.id() + " ")
                  && CanonicalText.parse(arriving, expected.substring(arriving.id().length() + 1))
                      .equals(image);
    } catch (InvalidInputException e) {
      problems.add("Vector %s at %s: %s".formatted(vector.id(), place, e.getMessage()));
      return;
    }
    if (!equal) {
      problems.add(
          "Vector %s at %s: a human expects '%s', the declarations make '%s'."
              .formatted(vector.id(), place, expected, arrived));
    }
  }

  /** Many values; chains that several pairs share are taken once. */
  private void takeAll(LogicalType type, List<Object> values) {
    Set<List<Declaration>> seen = new HashSet<>();
    for (Place place : places) {
      List<Declaration> way = place.way(type);
      if (!seen.add(way)) {
        continue;
      }
      String what = "A value of " + type.id();
      values.forEach(value -> takeTo(what, place, way, value));
      Object none = null;
      for (Declaration declaration : way) {
        none = FidelityRules.apply(declaration, none);
      }
      if (none != null && none != Absent.ABSENT) {
        problems.add("NULL of %s arrives at %s as %s.".formatted(type.id(), name(place), none));
      }
    }
  }

  /** The image by the oracle's rules, after it was compared with that of the in-memory systems. */
  private @Nullable Object takeTo(String what, Place place, List<Declaration> way, Object value) {
    Object expected = value;
    Object converted = value;
    for (Declaration declaration : way) {
      expected = Objects.requireNonNull(FidelityRules.apply(declaration, expected));
      converted = DeclaredConversion.convert(declaration, converted);
      requireRoom(what, place, declaration, expected);
    }
    images++;
    if (!expected.equals(converted)) {
      problems.add(
          "%s at %s: of %s the oracle expects %s, the in-memory systems make %s."
              .formatted(what, name(place), shown(value), shown(expected), shown(converted)));
    }
    LogicalType arriving = way.get(way.size() - 1).carried();
    if (expected != Absent.ABSENT && !arriving.canonical().isInstance(expected)) {
      problems.add(
          "%s at %s: %s is no value of %s, as which it should arrive."
              .formatted(what, name(place), shown(expected), arriving.id()));
    }
    return expected;
  }

  /** What travels as text fits into its column. */
  private void requireRoom(String what, Place place, Declaration declaration, Object image) {
    Matcher column = TEXT_COLUMN.matcher(declaration.nativeType());
    if (declaration.fidelity() instanceof Fidelity.AsText
        && image instanceof String text
        && column.matches()
        && text.length() > Integer.parseInt(column.group(1))) {
      problems.add(
          "%s at %s: '%s' has %d characters, too many for %s."
              .formatted(what, name(place), text, text.length(), declaration.nativeType()));
    }
  }

  private static String name(Place place) {
    return place.names().get(place.names().size() - 1);
  }

  private static String shown(Object value) {
    return value + " (" + value.getClass().getSimpleName() + ")";
  }
}
