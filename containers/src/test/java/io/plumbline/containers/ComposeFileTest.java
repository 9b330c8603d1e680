package io.plumbline.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.plumbline.matrix.registry.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The compose file starts what the recipes start, and is safe to start anywhere. */
class ComposeFileTest {
  private static final Path FOLDER = Path.of("..", "docker");

  private static JsonNode services() throws IOException {
    return new YAMLMapper()
        .readTree(FOLDER.resolve("docker-compose.integration.yml").toFile())
        .path("services");
  }

  @Test
  void hasEveryFamilyWithTheImageOfItsRecipeUnlessAVariableNamesAnother() throws IOException {
    List<String> families = new ArrayList<>();
    services().fieldNames().forEachRemaining(families::add);
    Map<Family, Recipe> recipes = Recipes.all();
    assertThat(families)
        .containsExactlyInAnyOrderElementsOf(recipes.keySet().stream().map(Family::id).toList());
    for (Map.Entry<Family, Recipe> recipe : recipes.entrySet()) {
      String family = recipe.getKey().id();
      assertThat(services().path(family).path("image").asText())
          .isEqualTo(
              "${%s_IMAGE:-%s}"
                  .formatted(
                      family.toUpperCase(Locale.ROOT),
                      recipe.getValue().image().asCanonicalNameString()));
    }
  }

  @Test
  void everyServiceTellsWhenItIsHealthyAndListensOnLoopbackOnly() throws IOException {
    for (JsonNode service : services()) {
      assertThat(service.at("/healthcheck/test").isArray()).as(service.toString()).isTrue();
      assertThat(service.at("/healthcheck/retries").isInt()).isTrue();
      assertThat(service.path("ports")).isNotEmpty();
      service
          .path("ports")
          .forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:").contains("_PORT:-"));
      assertThat(service.has("privileged")).isFalse();
      assertThat(service.has("network_mode")).isFalse();
    }
  }

  @Test
  void sqlServerIsHealthyWhenItsRecipeCallsItReady() throws IOException {
    assertThat(services().at("/mssql/healthcheck/test/1").asText().replace("$$", "$"))
        .isEqualTo(Recipes.MSSQL_READY);
    assertThat(services().at("/mssql/environment/MSSQL_AGENT_ENABLED").asText()).isEqualTo("true");
  }

  @Test
  void noPasswordHasADefaultAndTheExampleNamesAllOfThem() throws IOException {
    List<String> example = Files.readAllLines(FOLDER.resolve(".env.example"));
    int passwords = 0;
    for (JsonNode service : services()) {
      for (Map.Entry<String, JsonNode> variable : service.path("environment").properties()) {
        if (variable.getKey().contains("PASSWORD")) {
          passwords++;
          String text = variable.getValue().asText();
          assertThat(text).matches("\\$\\{MATRIX_[A-Z]+_PASSWORD:\\?.+}");
          assertThat(example).contains(text.replaceAll("\\$\\{|:.*", "") + "=");
        }
      }
    }
    assertThat(passwords).isEqualTo(4);
    assertThat(example).noneMatch(line -> line.matches("#? ?\\w*PASSWORD\\w*=.+"));
  }

  @Test
  void theExampleNamesTheProjectSoThatNoOtherOfTheSameFolderIsRemoved() throws IOException {
    assertThat(Files.readAllLines(FOLDER.resolve(".env.example")))
        .contains("COMPOSE_PROJECT_NAME=plumbline");
  }

  @Test
  void theFileWithThePasswordsIsNoneOfTheRepository() throws IOException {
    assertThat(Files.readAllLines(Path.of("..", ".gitignore"))).contains("docker/.env");
  }
}
