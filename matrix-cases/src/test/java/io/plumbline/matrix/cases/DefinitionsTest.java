package io.plumbline.matrix.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The tables and schemas that both sides of every family make are golden. A target is that of a
 * source which hands on every type as it is: what a real source changes shows in the fidelity
 * table.
 */
class DefinitionsTest {
  private static final String RECORD =
      "mvn -q test -pl matrix-cases -am -Dtest=DefinitionsTest -Dsurefire.failIfNoSpecifiedTests=false -Dplumbline.golden=record";
  private static final String NAME = "plumbline.orders";

  /** What a layout is for; a sink without the feature never makes it. */
  private static final Map<TargetLayout, Feature> NEEDED =
      Map.of(
          TargetLayout.KEYED, Feature.MERGE,
          TargetLayout.APPEND, Feature.APPEND,
          TargetLayout.HISTORY, Feature.HISTORY);

  private final List<Column> columns = new Dataset(Volume.DEFAULT).columns();

  @Test
  void sourcesAndTargetsAreMadeAsRecorded() throws IOException {
    Map<String, String> definitions = new TreeMap<>();
    for (Connector connector : Families.all()) {
      if (connector.features().stream().anyMatch(f -> f.role() == Role.SOURCE)) {
        put(
            definitions,
            connector.family() + "-source",
            connector.sourceDefinition(
                NAME,
                ColumnContract.of(columns, connector.sourceTypes(), connector.sourceTypes())));
      }
      for (TargetLayout layout : TargetLayout.values()) {
        if (connector.features().contains(NEEDED.get(layout))) {
          put(
              definitions,
              connector.family() + "-target-" + layout.name().toLowerCase(Locale.ROOT),
              connector.targetDefinition(NAME, ofExactSource(connector), layout));
        }
      }
    }

    // Six sources; five sinks with three layouts, but for Kafka, which keeps no history.
    assertThat(definitions).hasSize(6 + 5 * 3 - 1);
    new RenderedFiles(
            Path.of("src", "main", "golden", "ddl"),
            "record".equals(System.getProperty("plumbline.golden")),
            RECORD)
        .check(definitions);
  }

  private List<ColumnContract> ofExactSource(Connector connector) {
    return columns.stream()
        .map(
            column ->
                new ColumnContract(
                    column,
                    new Declaration(column.type(), column.type().id(), new Fidelity.Exact()),
                    connector.sinkTypes().of(column, column.type())))
        .toList();
  }

  private static void put(Map<String, String> definitions, String name, String definition)
      throws IOException {
    if (definition.startsWith("{")) {
      // A schema is one line; here each member has its own, so that a difference can be read.
      JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
      definitions.put(name + ".json", json.writeValueAsString(json.readTree(definition)) + "\n");
    } else {
      definitions.put(name + ".sql", definition);
    }
  }
}
