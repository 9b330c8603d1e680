package io.plumbline.matrix.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.registry.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of the systems of families: where they are, from which image, on which versions. */
class FamilySettingsTest {
  private static final Map<String, String> LOCAL = Map.of("matrix.run-mode", "mock_local");

  private static final Map<String, String> REAL = Map.of("matrix.run-mode", "real_local");

  @TempDir private Path folder = Path.of("");

  private static CaseId id(String source) {
    return new CaseId(new Family(source), new Family("kafka"), Strategy.CDC);
  }

  @Test
  void anExternalSystemHasAddressAndCredentialsFromTheEnvironment() {
    Settings settings =
        new Settings(
            Map.of("matrix.system.postgres", "external"),
            Map.of(
                "MATRIX_SYSTEM_KAFKA",
                "external",
                "MATRIX_POSTGRES_URL",
                "jdbc:postgresql://db/test",
                "MATRIX_POSTGRES_USER",
                "me",
                "MATRIX_POSTGRES_PASSWORD",
                "canary-of-a-password",
                "MATRIX_KAFKA_URL",
                "localhost:9092"),
            LOCAL);
    assertThat(settings.runSettings().systems().external())
        .containsOnly(
            Map.entry(
                new Family("postgres"),
                new ExternalEndpoint("jdbc:postgresql://db/test", "me", "canary-of-a-password")),
            Map.entry(new Family("kafka"), new ExternalEndpoint("localhost:9092", "", "")));
    assertThat(settings.shown())
        .contains(
            new Settings.Value(
                "matrix.system.postgres", "external", Settings.Origin.SYSTEM_PROPERTY),
            new Settings.Value(
                "matrix.system.kafka", "external", Settings.Origin.ENVIRONMENT_VARIABLE));
    assertThat(settings.runSettings().toString()).doesNotContain("canary");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "matrix.system.postgres | docker | mock_local | is 'docker' (system property), allowed is 'external'; leave it out for one that the run starts.",
        "matrix.system.postgres | external | mock_local | and nothing says where that is; put the address into the environment variable MATRIX_POSTGRES_URL.",
        "matrix.system.Post-gres | external | mock_local | is not a valid id",
        "matrix.systems.postgres | external | mock_local | matrix.chdb-lib, matrix.system.<family>, matrix.image.<family>, matrix.versions.<family>.",
        "matrix.image.postgres | postgres | real_local | allowed are names of images with a tag or digest",
        "matrix.image.postgres | Post:gres:16 | real_local | allowed are names of images with a tag or digest",
        "matrix.image.postgres | '' | real_local | allowed are names of images with a tag or digest",
        "matrix.image.Post-gres | postgres:16 | real_local | is not a valid id",
        "matrix.versions.postgres | 15,,16 | real_local | allowed are tags of its image that begin with a digit, each once",
        "matrix.versions.postgres | 15,16,15 | mock_local | allowed are tags of its image",
        "matrix.versions.postgres | latest | real_local | allowed are tags of its image",
        "matrix.versions.postgres | 15@16 | real_local | allowed are tags of its image",
        "matrix.versions.postgres | '' | real_local | allowed are tags of its image",
        "matrix.missing-system | never | real_local | allowed are error and skip"
      })
  void whatIsSaidWronglyOfASystemIsRefused(String name, String value, String mode, String message) {
    assertThatThrownBy(
            () -> new Settings(Map.of(name, value), Map.of(), Map.of("matrix.run-mode", mode)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aSystemPropertyAboutASystemIsBeforeTheVariable() {
    Settings settings =
        new Settings(
            Map.of("matrix.system.kafka", "external"),
            Map.of("MATRIX_SYSTEM_KAFKA", "something else", "MATRIX_KAFKA_URL", "localhost:9092"),
            LOCAL);
    assertThat(settings.runSettings().systems().external()).containsOnlyKeys(new Family("kafka"));
    assertThat(settings.shown())
        .contains(
            new Settings.Value("matrix.system.kafka", "external", Settings.Origin.SYSTEM_PROPERTY));
  }

  @Test
  void aRerunTakesTheSameExternalSystems() {
    Settings settings =
        new Settings(
            Map.of("matrix.system.postgres", "external", "matrix.wide-columns", "8"),
            Map.of("MATRIX_POSTGRES_URL", "jdbc:postgresql://db/test"),
            LOCAL);
    RerunLine rerun = new RerunLine(settings.runSettings(), Matrix.CANONICAL);
    assertThat(rerun.of(id("postgres")))
        .endsWith(" -Dmatrix.wide-columns=8 -Dmatrix.system.postgres=external");
    assertThat(rerun.of(id("mssql"))).endsWith(" -Dmatrix.wide-columns=8");
  }

  /** Variables stay in a shell, and what a case does in memory has nothing to do with them. */
  @ParameterizedTest
  @CsvSource({
    "mock_contract, ''",
    "mock_local, ' -Dmatrix.system.kafka=external'",
    "real_local, ' -Dmatrix.system.kafka=external -Dmatrix.image.postgres=postgres:16'"
  })
  void aRerunNamesOnlyTheSystemsThatItsModeHas(String mode, String named) {
    Settings settings =
        new Settings(
            Map.of(),
            Map.of(
                "MATRIX_SYSTEM_KAFKA",
                "external",
                "MATRIX_KAFKA_URL",
                "broker:9092",
                "MATRIX_IMAGE_POSTGRES",
                "postgres:16"),
            Map.of("matrix.run-mode", mode));
    assertThat(new RerunLine(settings.runSettings(), Matrix.CANONICAL).of(id("postgres")))
        .endsWith("-Dmatrix.seed=20260603" + named);
  }

  /** Surefire searches for tests without the configuration parameter that has the run mode. */
  @Test
  void whoSearchesForTestsMayNotKnowTheRunMode() {
    Settings settings =
        new Settings(
            Map.of("matrix.system.kafka", "external", "matrix.image.postgres", "postgres:16"),
            Map.of("MATRIX_KAFKA_URL", "localhost:9092"),
            Map.of());
    assertThat(settings.runSettings().mode()).isEqualTo(RunMode.MOCK_CONTRACT);
  }

  @ParameterizedTest
  @CsvSource({
    "postgres:16",
    "registry.example.org:5000/some/postgres:16.1-alpine",
    "postgres@sha256:0123456789012345678901234567890123456789012345678901234567890123"
  })
  void anImageIsNamedByPropertyOrVariable(String image) {
    Family family = new Family("postgres");
    for (Settings settings :
        List.of(
            new Settings(Map.of("matrix.image.postgres", image), Map.of(), REAL),
            new Settings(Map.of(), Map.of("MATRIX_IMAGE_POSTGRES", image), REAL))) {
      assertThat(settings.runSettings().systems().images()).isEqualTo(Map.of(family, image));
      RerunLine rerun = new RerunLine(settings.runSettings(), Matrix.CANONICAL);
      assertThat(rerun.of(id("postgres"))).endsWith(" -Dmatrix.image.postgres=" + image);
      assertThat(rerun.of(id("mssql"))).doesNotContain("image");
    }
  }

  @Test
  void aFamilyHasAnImageOrIsExternal() {
    assertThatThrownBy(
            () ->
                new Settings(
                    Map.of(
                        "matrix.image.postgres", "postgres:16",
                        "matrix.system.postgres", "external"),
                    Map.of("MATRIX_POSTGRES_URL", "jdbc:postgresql://db/test"),
                    REAL))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            ", and with matrix.system.postgres=external no container is started; leave one of the two out.");
  }

  private static Map<Family, List<String>> versions(
      Map<String, String> properties, Map<String, String> variables, Map<String, String> mode) {
    return new Settings(properties, variables, mode).runSettings().systems().versions();
  }

  @Test
  void versionsAreNamedByPropertyVariableOrParameterAndOnlyRealSystemsHaveThem() {
    Map<String, String> named = Map.of("matrix.versions.postgres", "15, 16.4-alpine");
    Map<Family, List<String>> expected =
        Map.of(new Family("postgres"), List.of("15", "16.4-alpine"));
    assertThat(versions(named, Map.of(), REAL)).isEqualTo(expected);
    assertThat(versions(Map.of(), Map.of("MATRIX_VERSIONS_POSTGRES", "15,16.4-alpine"), REAL))
        .isEqualTo(expected);
    Map<String, String> parameters = new HashMap<>(named);
    parameters.putAll(REAL);
    assertThat(versions(Map.of(), Map.of(), parameters)).isEqualTo(expected);
    assertThat(versions(named, Map.of(), LOCAL)).isEmpty();
    assertThat(versions(named, Map.of(), Map.of("matrix.run-mode", "mock_contract"))).isEmpty();
    assertThat(new Settings(named, Map.of(), REAL).shown())
        .extracting(Settings.Value::property)
        .contains("matrix.versions.postgres");
  }

  @Test
  void whoSearchesForTestsFindsCasesOfVersionsWithoutTheRunMode() {
    assertThat(
            versions(
                Map.of(
                    "matrix.versions.postgres",
                    "15",
                    "matrix.case",
                    "mysql_to_mssql__replace@mysql-8.4"),
                Map.of(),
                Map.of()))
        .containsOnlyKeys(new Family("postgres"), new Family("mysql"));
  }

  @Test
  void aCaseOfAVersionAsksForThatVersionSoThatFailedCasesRunAgain() throws IOException {
    Path failed = folder.resolve("failed.txt");
    Files.writeString(failed, "mysql_to_mssql__replace@mysql-8.4\npostgres_to_kafka__scd2\n");
    String rerun = "postgres_to_mssql__xmin@postgres-16";
    assertThat(
            versions(
                Map.of("matrix.case", rerun + ",*@kafka-3", "matrix.cases-file", failed.toString()),
                Map.of("MATRIX_VERSIONS_POSTGRES", "15"),
                REAL))
        .isEqualTo(
            Map.of(
                new Family("postgres"), List.of("15", "16"),
                new Family("mysql"), List.of("8.4")));
    assertThat(versions(Map.of("matrix.case", rerun), Map.of(), LOCAL)).isEmpty();
    Settings settings = new Settings(Map.of("matrix.case", rerun), Map.of(), REAL);
    assertThat(settings.selection().select(settings.expand(StandardRunTest.cube())))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.id()).hasToString(rerun);
              assertThat(new RerunLine(settings.runSettings(), Matrix.CANONICAL).of(one.id()))
                  .contains(" -Dmatrix.case=" + rerun + " ");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "matrix.system.postgres | external | is 'external' (system property), which is one version, and postgres is to be repeated on 16; leave one of the two out.",
        "matrix.image.postgres | postgres@sha256:0123456789012345678901234567890123456789012345678901234567890123 | which is one version, and postgres is to be repeated on 16"
      })
  void whatIsOfOneVersionHasNoVersions(String name, String value, String message) {
    for (Map<String, String> asked :
        List.of(
            Map.of("matrix.versions.postgres", "16"),
            Map.of("matrix.case", "postgres_to_mssql__xmin@postgres-16"))) {
      Map<String, String> properties = new HashMap<>(asked);
      properties.put(name, value);
      assertThatThrownBy(
              () ->
                  new Settings(
                      properties, Map.of("MATRIX_POSTGRES_URL", "jdbc:postgresql://db/test"), REAL))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(message);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mock_local, '', SKIP",
    "real_local, '', ERROR",
    "mock_local, error, ERROR",
    "real_local, skip, SKIP"
  })
  void aSystemThatCannotBeHadIsAnErrorWhereItWasAskedFor(
      String mode, String said, SystemSettings.Missing expected) {
    Map<String, String> properties =
        said.isEmpty() ? Map.of() : Map.of("matrix.missing-system", said);
    Settings settings = new Settings(properties, Map.of(), Map.of("matrix.run-mode", mode));
    assertThat(settings.runSettings().systems().missing()).isEqualTo(expected);
  }
}
