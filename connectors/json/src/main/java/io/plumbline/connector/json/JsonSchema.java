package io.plumbline.connector.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.Column;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apiguardian.api.API;

/**
 * The JSON Schema of a row: an object with a member per column, rendered as compact text. Every
 * member is required, so that NULL and a missing column are never taken for one another.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class JsonSchema {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonSchema() {}

  /** The schema of what a source hands out: every column that it supports. */
  public static String ofSource(String title, List<ColumnContract> contracts) {
    return render(title, contracts, ColumnContract::atSource, ColumnContract::source).toString();
  }

  /** The schema of what a sink is given: every column that the pair supports. */
  public static String ofTarget(String title, List<ColumnContract> contracts) {
    return render(title, contracts, ColumnContract::atTarget, ColumnContract::sink).toString();
  }

  private static ObjectNode render(
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
              properties.set(column.name(), property(column, side.apply(contract)));
              required.add(column.name());
            });
    schema.put("additionalProperties", false);
    return schema;
  }

  private static ObjectNode property(Column column, Declaration declaration) {
    ObjectNode property;
    try {
      property = (ObjectNode) MAPPER.readTree(declaration.nativeType());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "The native type of %s is no JSON Schema: %s."
              .formatted(declaration.type().id(), declaration.nativeType()),
          e);
    }
    if (column.wide()) {
      JsonNode type = property.get("type");
      ArrayNode types = JsonNodeFactory.instance.arrayNode();
      if (type.isArray()) {
        types.addAll((ArrayNode) type);
      } else {
        types.add(type);
      }
      property.set("type", types.add("null"));
    }
    return property.put("x-logical-type", declaration.carried().id());
  }
}
