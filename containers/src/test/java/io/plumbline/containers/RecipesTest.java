package io.plumbline.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.registry.Family;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.HttpWaitStrategy;
import org.testcontainers.gcloud.BigQueryEmulatorContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** What would be started, also where it cannot be. */
class RecipesTest {
  private static final String PASSWORD = "canary-of-a-password";

  private static Recipe recipe(String family) {
    return Optional.ofNullable(Recipes.all().get(new Family(family))).orElseThrow();
  }

  private static GenericContainer<?> container(String family) {
    Recipe recipe = recipe(family);
    return recipe.container(recipe.image(), PASSWORD);
  }

  static List<String> families() {
    return Recipes.all().keySet().stream().map(Family::id).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "postgres, postgres:18.6, 5432, PostgreSQL",
    "mssql, mcr.microsoft.com/mssql/server:2022-CU14-ubuntu-22.04, 1433, Microsoft SQL Server",
    "mysql, mysql:8.4.7, 3306, MySQL",
    "clickhouse, clickhouse/clickhouse-server:25.8, 8123, ClickHouse",
    "kafka, apache/kafka:4.1.0, 9092, Apache Kafka",
    "bigquery, ghcr.io/goccy/bigquery-emulator:0.8.1, 9050, BigQuery emulator"
  })
  void aFamilyIsAPinnedImageAndAPort(String family, String image, int port, String product) {
    assertThat(recipe(family).image().asCanonicalNameString()).isEqualTo(image);
    assertThat(recipe(family).product()).isEqualTo(product);
    assertThat(container(family).getExposedPorts()).containsExactly(port);
  }

  @Test
  void noFamilyIsUntested() {
    assertThat(families())
        .containsExactly("bigquery", "clickhouse", "kafka", "mssql", "mysql", "postgres");
  }

  @ParameterizedTest
  @MethodSource("families")
  void everyImageHasAVersionThatStays(String family) {
    assertThat(recipe(family).image().getVersionPart()).matches("\\d+(\\.|-CU)\\d+.*");
  }

  @ParameterizedTest
  @MethodSource("families")
  void anotherImageTakesThePlaceOfTheUsualOne(String family) {
    Recipe recipe = recipe(family);
    DockerImageName other =
        DockerImageName.parse("registry.example.org:5000/mine:1")
            .asCompatibleSubstituteFor(recipe.image());
    assertThat(recipe.container(other, PASSWORD)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "postgres, POSTGRES_PASSWORD",
    "mssql, MSSQL_SA_PASSWORD",
    "mysql, MYSQL_ROOT_PASSWORD",
    "clickhouse, CLICKHOUSE_PASSWORD"
  })
  void thePasswordIsInTheEnvironmentAlone(String family, String variable) {
    GenericContainer<?> container = container(family);
    Map<String, String> holding =
        container.getEnvMap().entrySet().stream()
            .filter(entry -> entry.getValue().contains(PASSWORD))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertThat(holding).containsExactly(Map.entry(variable, PASSWORD));
    assertThat(container.getCommandParts()).noneMatch(part -> part.contains(PASSWORD));
  }

  @Test
  void changesCanBeCaptured() {
    assertThat(container("postgres").getCommandParts())
        .startsWith("postgres")
        .contains("-cwal_level=logical", "-cmax_replication_slots=64");
    assertThat(container("mysql").getCommandParts())
        .contains("--log-bin=binlog", "--binlog-format=ROW", "--binlog-row-image=FULL");
  }

  @Test
  void sqlServersLicenceIsForTheUserToAccept() {
    assertThat(container("mssql").getEnvMap()).containsEntry("ACCEPT_EULA", "Y");
    assertThat(recipe("mssql").licence()).contains("PLUMBLINE_MSSQL_ACCEPT_EULA");
  }

  /** A run refuses variables of its own that it does not know. */
  @ParameterizedTest
  @MethodSource("families")
  void aLicenceIsNoSettingOfTheRun(String family) {
    recipe(family).licence().ifPresent(variable -> assertThat(variable).startsWith("PLUMBLINE_"));
  }

  @Test
  void sqlServerIsReadyWithTheDatabaseOfItsAddress() {
    assertThat(recipe("mssql"))
        .isInstanceOfSatisfying(
            ServerRecipe.class,
            mssql -> assertThat(mssql.address()).contains(";databaseName=plumbline;"));
    assertThat(Recipes.MSSQL_READY)
        .contains(
            "CREATE DATABASE plumbline COLLATE ", "ALTER DATABASE plumbline SET ALLOW_SNAPSHOT");
  }

  @Test
  void sqlServerCapturesChanges() {
    assertThat(container("mssql").getEnvMap()).containsEntry("MSSQL_AGENT_ENABLED", "true");
    assertThat(Recipes.MSSQL_READY)
        .contains("USE plumbline; EXEC sys.sp_cdc_enable_db", "EXEC sys.sp_cdc_enable_table");
  }

  /** Its usual login has no other way without encryption, and the password is made up for a run. */
  @Test
  void mysqlMaySendTheKeyOfItsLogin() {
    assertThat(recipe("mysql"))
        .isInstanceOfSatisfying(
            ServerRecipe.class,
            mysql -> assertThat(mysql.address()).endsWith("/?allowPublicKeyRetrieval=true"));
  }

  @Test
  void theBrokerIsThatOfTestcontainersAndForgetsNothing() {
    assertThat(container("kafka")).isInstanceOf(KafkaContainer.class);
    assertThat(container("kafka").getEnvMap()).containsEntry("KAFKA_LOG_RETENTION_MS", "-1");
  }

  /** It has neither, and is what plays BigQuery by its product already. */
  @Test
  void theEmulatorIsThatOfTestcontainersWithOneProjectAndWithoutCredentials() {
    assertThat(container("bigquery"))
        .isInstanceOfSatisfying(
            BigQueryEmulatorContainer.class,
            emulator -> {
              assertThat(emulator.getCommandParts())
                  .containsExactly("--project", emulator.getProjectId());
              assertThat(emulator.getEnvMap()).isEmpty();
            });
  }

  @Test
  void theEmulatorIsReadyWhenItsProjectAnswers() {
    assertThat(recipe("bigquery").ready())
        .isInstanceOf(HttpWaitStrategy.class)
        .extracting("path")
        .isEqualTo("/bigquery/v2/projects/test-project/datasets");
  }

  @Test
  void theEmulatorIsReachedByItsProjectsAddress() {
    Recipe recipe = recipe("bigquery");
    try (BigQueryEmulatorContainer started =
        new BigQueryEmulatorContainer(recipe.image()) {
          @Override
          public String getHost() {
            return "localhost";
          }

          @Override
          public Integer getMappedPort(int port) {
            return 10_000 + port;
          }
        }) {
      assertThat(recipe.endpoint(started, PASSWORD))
          .isEqualTo(new ExternalEndpoint("http://localhost:19050/projects/test-project", "", ""));
    }
  }
}
