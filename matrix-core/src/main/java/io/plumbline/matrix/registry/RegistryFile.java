package io.plumbline.matrix.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a registry file strictly: what it does not know, it refuses. */
final class RegistryFile {
  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]*");

  private RegistryFile() {}

  static Matrix parse(String name, InputStream yaml) {
    Place root = new Place(name, "", tree(name, yaml));
    root.only("schema", "guides", "sources", "sinks", "strategies", "rejections");
    Place schema = root.require("schema");
    if (!schema.text().equals(Matrix.SCHEMA)) {
      throw schema.wrong(Matrix.SCHEMA);
    }
    Set<Family> sources = axis(root.require("sources"), Family::new);
    Set<Family> sinks = axis(root.require("sinks"), Family::new);
    Set<Strategy> strategies = axis(root.require("strategies"), Strategy::of);
    List<Matrix.Rule> rules = new ArrayList<>();
    for (Place rule : root.items("rejections")) {
      rules.add(rule(rule, sources, sinks, strategies));
    }
    Optional<String> guides =
        root.has("guides") ? Optional.of(root.require("guides").text()) : Optional.empty();
    Matrix matrix = new Matrix(guides, sources, sinks, strategies, rules);
    requireWayOut(name, matrix, rules);
    return matrix;
  }

  private static JsonNode tree(String name, InputStream yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new InvalidInputException(
          "%s: line %d is not valid: %s; allowed is one YAML document, each key once."
              .formatted(name, line, e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    } catch (IOException e) {
      throw new InvalidInputException("%s cannot be read: %s.".formatted(name, e.getMessage()), e);
    }
  }

  private static <T> Set<T> axis(Place axis, Function<String, T> reader) {
    Set<T> values = new LinkedHashSet<>();
    for (Place item : axis.items()) {
      if (!values.add(item.read(reader))) {
        throw item.wrong("each value once, because every case id stands for one cell");
      }
    }
    return values;
  }

  private static Matrix.Rule rule(
      Place rule, Set<Family> sources, Set<Family> sinks, Set<Strategy> strategies) {
    rule.only("source", "sink", "strategy", "code", "reason", "instead");
    Place code = rule.require("code");
    if (!CODE.matcher(code.text()).matches()) {
      throw code.wrong("lower-case letters, digits and _, beginning with a letter");
    }
    Set<Strategy> instead = members(rule, "instead", strategies, Strategy::of);
    rule.require("instead");
    return new Matrix.Rule(
        rule.path(),
        members(rule, "source", sources, Family::new),
        members(rule, "sink", sinks, Family::new),
        members(rule, "strategy", strategies, Strategy::of),
        new MatrixCase.Rejected(code.text(), rule.require("reason").text(), List.copyOf(instead)));
  }

  /** The named members of an axis; all of them when the key is not there. */
  private static <T> Set<T> members(
      Place rule, String key, Set<T> axis, Function<String, T> reader) {
    if (!rule.has(key)) {
      return axis;
    }
    Set<T> members = new LinkedHashSet<>();
    for (Place item : rule.require(key).items()) {
      T member = item.read(reader);
      if (!axis.contains(member)) {
        throw item.wrong(joined(axis));
      }
      members.add(member);
    }
    return members;
  }

  /** A refusal that recommends something that is refused as well helps nobody. */
  private static void requireWayOut(String name, Matrix matrix, List<Matrix.Rule> rules) {
    for (MatrixCase rejected : matrix.rejections()) {
      MatrixCase.Rejected rejection = (MatrixCase.Rejected) rejected.support();
      CaseId id = rejected.id();
      for (Strategy strategy : rejection.instead()) {
        CaseId other = new CaseId(id.source(), id.sink(), strategy);
        if (!matrix.find(other.toString()).map(MatrixCase::supported).orElse(false)) {
          String path =
              rules.stream().filter(r -> r.hits(id)).findFirst().map(Matrix.Rule::path).orElse("");
          throw new InvalidInputException(
              "%s: %s.instead is '%s', but %s is refused too; allowed are strategies that are supported for every cell the rule refuses."
                  .formatted(name, path, strategy, other));
        }
      }
    }
  }

  private static String joined(Collection<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** A node of the file and where it stands. */
  private record Place(String file, String path, JsonNode node) {

    void only(String... keys) {
      if (!node.isObject()) {
        throw wrong("a mapping with the keys " + String.join(", ", keys));
      }
      for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        if (!List.of(keys).contains(name)) {
          throw new InvalidInputException(
              "%s: %s is not a known key; allowed are %s."
                  .formatted(file, below(name), String.join(", ", keys)));
        }
      }
    }

    boolean has(String key) {
      return node.has(key);
    }

    Place require(String key) {
      if (!node.has(key)) {
        throw new InvalidInputException(
            "%s: %s is missing; it must be there.".formatted(file, below(key)));
      }
      return new Place(file, below(key), node.get(key));
    }

    /** The items of an optional list, which may be empty. */
    List<Place> items(String key) {
      boolean none = !node.has(key) || (node.get(key).isArray() && node.get(key).isEmpty());
      return none ? List.of() : require(key).items();
    }

    /** The items of a list that must not be empty. */
    List<Place> items() {
      if (!node.isArray() || node.isEmpty()) {
        throw wrong("a list with at least one item");
      }
      List<Place> items = new ArrayList<>();
      for (int i = 0; i < node.size(); i++) {
        items.add(new Place(file, "%s[%d]".formatted(path, i), node.get(i)));
      }
      return items;
    }

    String text() {
      if (!node.isTextual() || node.textValue().isBlank()) {
        throw wrong("a text that is not blank");
      }
      return node.textValue();
    }

    <T> T read(Function<String, T> reader) {
      String text = text();
      try {
        return reader.apply(text);
      } catch (InvalidInputException e) {
        throw new InvalidInputException("%s: %s: %s".formatted(file, path, e.getMessage()), e);
      }
    }

    InvalidInputException wrong(String allowed) {
      String value = node.isTextual() ? "'" + node.textValue() + "'" : node.toString();
      return new InvalidInputException(
          "%s: %s is %s; allowed is %s."
              .formatted(file, path.isEmpty() ? "the document" : path, value, allowed));
    }

    private String below(String key) {
      return path.isEmpty() ? key : path + "." + key;
    }
  }
}
