package io.plumbline.connector.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.Column;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** The JSON Schema of a row: an object with a member per column, rendered as compact text. */
public final class JsonSchema {

  private JsonSchema() {}

  /** The schema of what a source hands out: every column that it supports. */
  public static String ofSource(String title, List<ColumnContract> contracts) {
    return render(title, contracts, ColumnContract::atSource, ColumnContract::source);
  }

  /** The schema of what a sink is given: every column that the pair supports. */
  public static String ofTarget(String title, List<ColumnContract> contracts) {
    return render(title, contracts, ColumnContract::atTarget, ColumnContract::sink);
  }

  private static String render(
      String title,
      List<ColumnContract> contracts,
      Predicate<ColumnContract> present,
      Function<ColumnContract, Declaration> side) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", title).put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    contracts.stream()
        .filter(present)
        .forEach(
            contract -> {
              Column column = contract.column();
              describe(properties.putObject(column.name()), column, side.apply(contract));
              required.add(column.name());
            });
    schema.put("additionalProperties", false);
    return schema.toString();
  }

  private static void describe(ObjectNode property, Column column, Declaration declaration) {
    String[] typeAndFormat = declaration.nativeType().split(":", 2);
    List<String> types = List.of(typeAndFormat[0].split("\\|", -1));
    if (types.size() == 1 && !column.wide()) {
      property.put("type", types.get(0));
    } else {
      ArrayNode alternatives = property.putArray("type");
      types.forEach(alternatives::add);
      alternatives.add("null");
    }
    if (typeAndFormat.length > 1) {
      property.put("format", typeAndFormat[1]);
    }
    property.put("x-logical-type", declaration.type().id());
  }
}
