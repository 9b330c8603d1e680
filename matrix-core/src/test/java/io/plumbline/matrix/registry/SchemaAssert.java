package io.plumbline.matrix.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;

/** What holds of every published schema. */
public final class SchemaAssert {
  private SchemaAssert() {}

  /** It is a JSON Schema, and describes everything that has a type. */
  public static void assertValidAndDescribed(JsonNode schema) {
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12))
                .validate(schema))
        .isEmpty();
    assertThat(schema.findParents("type"))
        .isNotEmpty()
        .allSatisfy(s -> assertThat(s.has("description")).isTrue());
  }
}
