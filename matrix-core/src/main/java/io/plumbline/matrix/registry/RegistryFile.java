package io.plumbline.matrix.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads a registry file: first as its schema says, then what no schema can say. */
final class RegistryFile {
  private static final DocumentSchema SCHEMA =
      DocumentSchema.ofClassPath(RegistryFile.class, "registry.schema.json");

  private final String name;

  private RegistryFile(String name) {
    this.name = name;
  }

  static Matrix parse(String name, InputStream yaml) {
    return new RegistryFile(name).matrix(YamlDocument.read(name, yaml, SCHEMA));
  }

  private Matrix matrix(JsonNode root) {
    Set<Family> sources = values(root.path("sources"), Family::new);
    Set<Family> sinks = values(root.path("sinks"), Family::new);
    Set<Strategy> strategies = values(root.path("strategies"), Strategy::of);
    List<Matrix.Rule> rules = new ArrayList<>();
    for (JsonNode rule : root.path("rejections")) {
      rules.add(rule("/rejections/" + rules.size(), rule, sources, sinks, strategies));
    }
    Optional<String> guides = Optional.ofNullable(root.path("guides").textValue());
    Matrix matrix = new Matrix(guides, sources, sinks, strategies, rules);
    requireWayOut(matrix, rules);
    return matrix;
  }

  private Matrix.Rule rule(
      String path,
      JsonNode rule,
      Set<Family> sources,
      Set<Family> sinks,
      Set<Strategy> strategies) {
    return new Matrix.Rule(
        path,
        members(path, rule, "source", sources, Family::new),
        members(path, rule, "sink", sinks, Family::new),
        members(path, rule, "strategy", strategies, Strategy::of),
        new MatrixCase.Rejected(
            rule.path("code").textValue(),
            rule.path("reason").textValue(),
            List.copyOf(members(path, rule, "instead", strategies, Strategy::of))));
  }

  /** The named members of an axis; all of them when the key is not there. */
  private <T> Set<T> members(
      String path, JsonNode rule, String key, Set<T> axis, Function<String, T> reader) {
    if (!rule.has(key)) {
      return axis;
    }
    Set<T> members = values(rule.path(key), reader);
    int place = 0;
    for (T member : members) {
      if (!axis.contains(member)) {
        throw new InvalidInputException(
            "%s: %s/%s/%d is '%s'; allowed is %s."
                .formatted(name, path, key, place, member, joined(axis)));
      }
      place++;
    }
    return members;
  }

  private static <T> Set<T> values(JsonNode list, Function<String, T> reader) {
    Set<T> values = new LinkedHashSet<>();
    list.forEach(item -> values.add(reader.apply(item.textValue())));
    return values;
  }

  /** A refusal that recommends something that is refused as well helps nobody. */
  private void requireWayOut(Matrix matrix, List<Matrix.Rule> rules) {
    for (MatrixCase rejected : matrix.rejections()) {
      MatrixCase.Rejected rejection = (MatrixCase.Rejected) rejected.support();
      CaseId id = rejected.id();
      for (Strategy strategy : rejection.instead()) {
        CaseId other = new CaseId(id.source(), id.sink(), strategy);
        if (!matrix.find(other.toString()).map(MatrixCase::supported).orElse(false)) {
          String path =
              rules.stream().filter(r -> r.hits(id)).findFirst().map(Matrix.Rule::path).orElse("");
          throw new InvalidInputException(
              "%s: %s/instead is '%s', but %s is refused too; allowed are strategies that are supported for every cell the rule refuses."
                  .formatted(name, path, strategy, other));
        }
      }
    }
  }

  private static String joined(Collection<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
