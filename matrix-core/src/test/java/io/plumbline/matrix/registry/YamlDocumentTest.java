package io.plumbline.matrix.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class YamlDocumentTest {
  private static final DocumentSchema SCHEMA =
      DocumentSchema.ofClassPath(YamlDocument.class, "registry.schema.json");

  private static void read(byte[] yaml) {
    YamlDocument.read("my.yaml", new ByteArrayInputStream(yaml), SCHEMA);
  }

  static Stream<Arguments> whatIsNotOnePlainDocument() {
    String bomb = "a: &a [x]\nb: &b [*a, *a]\nsources: [*b, *b]\n";
    return Stream.of(
        Arguments.of("", "my.yaml is empty; allowed is one YAML document."),
        Arguments.of("# nothing\n", "my.yaml is empty; allowed is one YAML document."),
        Arguments.of("---\n---\n", "my.yaml: "),
        Arguments.of("schema: a\n---\nschema: b\n", "one YAML document, each key once."),
        Arguments.of("schema: a\nschema: b\n", "my.yaml: line 2 is not valid: Duplicate field"),
        Arguments.of("schema: [a\n", "my.yaml: line 2 is not valid: "),
        Arguments.of("schema:\n\t- a\n", "my.yaml: line 2 is not valid: "),
        Arguments.of("schema: @a\n", "my.yaml: line 1 is not valid: "),
        Arguments.of("schema: \u0001\n", "my.yaml: the document is not valid: character 0x1 at"),
        Arguments.of(bomb, "my.yaml: line 1 has an anchor, an alias or a tag"),
        Arguments.of("schema: &a x\n", "my.yaml: line 1 has an anchor, an alias or a tag"),
        Arguments.of("schema: *a\n", "my.yaml: line 1 has an anchor, an alias or a tag"),
        Arguments.of("schema: a\n<<: *b\n", "my.yaml: line 2 has an anchor, an alias or a tag"),
        Arguments.of(
            "schema: !!java.net.URL [x]\n", "my.yaml: line 1 has an anchor, an alias or a tag"),
        Arguments.of("[".repeat(5_000) + "]".repeat(5_000), "is not valid: Document nesting"),
        Arguments.of("#".repeat(1_000_001), "my.yaml is longer than 1000000 bytes"));
  }

  @ParameterizedTest
  @MethodSource
  void whatIsNotOnePlainDocument(String yaml, String sentence) {
    assertThatThrownBy(() -> read(yaml.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("my.yaml")
        .hasMessageContaining(sentence)
        .message()
        .hasSizeLessThan(400)
        .doesNotContain("\n");
  }

  @Test
  void whatIsNoUtf8IsRefused() {
    assertThatThrownBy(() -> read(new byte[] {'a', ':', ' ', (byte) 0xc3, (byte) 0x28, '\n'}))
        .isInstanceOf(InvalidInputException.class)
        .message()
        .startsWith("my.yaml")
        .doesNotContain("\n");
  }

  @Test
  void aValueIsShownOnOneLine() {
    assertThatThrownBy(() -> read("schema: \"a\\nb\"".getBytes(StandardCharsets.UTF_8)))
        .hasMessage("my.yaml: /schema is 'a\\nb'; allowed is plumbline.matrix.registry/1.");
  }

  @Test
  void aLongValueIsShortenedWhereItIsRefused() {
    assertThatThrownBy(
            () -> read(("schema: " + "x".repeat(5_000)).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InvalidInputException.class)
        .message()
        .hasSizeLessThan(200)
        .endsWith("…; allowed is plumbline.matrix.registry/1.");
  }

  // --- the schemas themselves

  private static JsonNode schema() throws IOException {
    return new JsonMapper()
        .readTree(
            Objects.requireNonNull(
                YamlDocumentTest.class.getResourceAsStream("registry.schema.json")));
  }

  @Test
  void theSchemaIsValidAndSaysOfEveryValueWhatIsAllowed() throws IOException {
    SchemaAssert.assertValidAndDescribed(schema());
  }

  @Test
  void theStrategiesOfTheSchemaAreThoseOfTheCode() throws IOException {
    List<String> ids = new ArrayList<>();
    schema().at("/$defs/strategy/enum").forEach(id -> ids.add(id.asText()));
    assertThat(ids).isEqualTo(Arrays.stream(Strategy.values()).map(Strategy::id).toList());
  }
}
