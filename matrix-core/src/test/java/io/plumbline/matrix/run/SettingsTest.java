package io.plumbline.matrix.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.registry.Selection;
import io.plumbline.matrix.registry.Strategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {
  private static final CaseId ID =
      new CaseId(new Family("postgres"), new Family("mssql"), Strategy.XMIN);

  @TempDir private Path folder = Path.of("");

  private static Settings properties(Map<String, String> properties) {
    return new Settings(properties, Map.of(), Map.of());
  }

  @Test
  void theDefaultsAreTheDocumentedVolumeInMemory() {
    Settings settings = properties(Map.of());
    RunSettings run = settings.runSettings();
    assertThat(run.mode()).isEqualTo(RunMode.MOCK_CONTRACT);
    assertThat(run.volume()).isEqualTo(Volume.DEFAULT);
    assertThat(run.parallelism()).isBetween(1, 4);
    assertThat(run.caseTimeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(run.phaseTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(run.artifactDirectory())
        .isAbsolute()
        .endsWithRaw(Path.of("test_artifacts", "integration_matrix", "mock_contract"));
    assertThat(settings.selection()).isEqualTo(Selection.all());
    assertThat(settings.values()).hasSameSizeAs(Setting.values());
    assertThat(settings.values())
        .allSatisfy(v -> assertThat(v.origin()).isEqualTo(Settings.Origin.DEFAULT));
  }

  @Test
  void theArtifactDirectoryFollowsTheRunMode() {
    assertThat(
            properties(Map.of("matrix.run-mode", "mock_local")).runSettings().artifactDirectory())
        .endsWithRaw(Path.of("mock_local"));
  }

  @Test
  void showsWhatWasSetAndAlwaysWhatDecidesTheRest() {
    assertThat(properties(Map.of()).shown())
        .containsExactly(
            new Settings.Value(
                Setting.RUN_MODE.property(), "mock_contract", Settings.Origin.DEFAULT),
            new Settings.Value(Setting.ROWS.property(), "10000", Settings.Origin.DEFAULT),
            new Settings.Value(Setting.SEED.property(), "20260603", Settings.Origin.DEFAULT),
            new Settings.Value(
                Setting.ARTIFACT_DIR.property(),
                "test_artifacts/integration_matrix/mock_contract",
                Settings.Origin.DEFAULT));
    assertThat(
            new Settings(
                    Map.of("matrix.timeout.case", "10m"),
                    Map.of("MATRIX_SINK", "*"),
                    Map.of("matrix.shard", "1/1"))
                .shown())
        .as("also what was set to the default")
        .extracting(Settings.Value::property)
        .containsExactly(
            Setting.RUN_MODE.property(),
            Setting.SINK.property(),
            Setting.SHARD.property(),
            Setting.ROWS.property(),
            Setting.SEED.property(),
            Setting.ARTIFACT_DIR.property(),
            Setting.TIMEOUT_CASE.property());
  }

  @ParameterizedTest
  @EnumSource(value = Setting.class, mode = EnumSource.Mode.EXCLUDE, names = "CHDB_LIB")
  void everySettingIsTakenFromPropertyVariableAndParameterInThisOrder(Setting setting) {
    Map<String, String> property = Map.of(setting.property(), good(setting, 0));
    Map<String, String> variable = Map.of(setting.variable(), good(setting, 1));
    Map<String, String> parameter = Map.of(setting.property(), good(setting, 2));
    assertThat(
            Stream.of(
                    new Settings(property, variable, parameter),
                    new Settings(Map.of(), variable, parameter),
                    new Settings(Map.of(), Map.of(), parameter))
                .map(s -> s.value(setting)))
        .containsExactly(
            new Settings.Value(
                setting.property(), good(setting, 0), Settings.Origin.SYSTEM_PROPERTY),
            new Settings.Value(
                setting.property(), good(setting, 1), Settings.Origin.ENVIRONMENT_VARIABLE),
            new Settings.Value(
                setting.property(), good(setting, 2), Settings.Origin.CONFIGURATION_PARAMETER));
  }

  /** Three values that a setting allows. */
  private String good(Setting setting, int number) {
    return switch (setting) {
      case RUN_MODE -> List.of("mock_contract", "mock_local", "real_local").get(number);
      case SOURCE, SINK, STRATEGY, CASE, ARTIFACT_DIR, CHDB_LIB -> "name" + number;
      case CASES_FILE -> file("cases" + number, "*\n");
      case MANIFEST ->
          file("manifest" + number, "schema: plumbline.matrix.manifest/1\ncase: a_to_b__xmin\n");
      case SHARD -> (number + 1) + "/3";
      case CHANGE_RATIO -> "0.2" + number;
      case DELETE_RATIO -> "0.0" + number;
      case ROWS, WIDE_COLUMNS, SEED, PARALLELISM -> Integer.toString(number + 5);
      case TIMEOUT_CASE, TIMEOUT_PHASE, TIMEOUT_START -> (number + 1) + "m";
      case MISSING_SYSTEM -> List.of("error", "skip", "error").get(number);
    };
  }

  private String file(String name, String content) {
    try {
      return Files.writeString(folder.resolve(name), content).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aPropertyBeatsAVariableBeatsAParameterBeatsTheDefault() {
    Map<String, String> property = Map.of("matrix.rows", "1");
    Map<String, String> variable = Map.of("MATRIX_ROWS", "2");
    Map<String, String> parameter = Map.of("matrix.rows", "3");
    assertThat(rows(new Settings(property, variable, parameter))).isEqualTo("1 system property");
    assertThat(rows(new Settings(Map.of(), variable, parameter)))
        .isEqualTo("2 environment variable");
    assertThat(rows(new Settings(Map.of(), Map.of(), parameter)))
        .isEqualTo("3 configuration parameter");
    assertThat(rows(new Settings(Map.of(), Map.of(), Map.of()))).isEqualTo("10000 default");
  }

  private static String rows(Settings settings) {
    Settings.Value value = settings.value(Setting.ROWS);
    assertThat(settings.runSettings().volume().rows()).isEqualTo(Long.parseLong(value.text()));
    return value.text() + " " + value.origin();
  }

  @Test
  void dashesAndDotsBecomeUnderscoresInVariables() {
    Settings settings =
        new Settings(
            Map.of(),
            Map.of("MATRIX_RUN_MODE", "real_local", "MATRIX_TIMEOUT_CASE", "1s"),
            Map.of());
    assertThat(settings.runSettings().mode()).isEqualTo(RunMode.REAL_LOCAL);
    assertThat(settings.runSettings().caseTimeout()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void theLibraryOfChdbIsNoConfigurationParameter() {
    assertThat(
            new Settings(Map.of(), Map.of("MATRIX_CHDB_LIB", "/a/libchdb.so"), Map.of())
                .value(Setting.CHDB_LIB)
                .text())
        .isEqualTo("/a/libchdb.so");
    assertThatThrownBy(
            () -> new Settings(Map.of(), Map.of(), Map.of("matrix.chdb-lib", "/a/libchdb.so")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("allowed are a system property and an environment variable");
  }

  @Test
  void commaListsAreTrimmed() {
    Selection selection =
        properties(Map.of("matrix.source", "postgres , mysql", "matrix.shard", "2/4")).selection();
    assertThat(selection.sources()).containsExactly("postgres", "mysql");
    assertThat(selection.shard()).hasToString("2/4");
  }

  @Test
  void theCasesFileHoldsOneEntryALineAndComments(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("failed.txt");
    Files.writeString(file, "# of yesterday\n\n  a_to_b__xmin \nb_to_*\n");
    assertThat(properties(Map.of("matrix.cases-file", file.toString())).selection().casesFile())
        .containsExactly("a_to_b__xmin", "b_to_*");
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "90s, PT90S",
    "5m, PT5M",
    "2h, PT2H",
    "PT5M, PT5M",
    "pt1m30s, PT1M30S"
  })
  void durationsAreShortOrIso(String text, Duration expected) {
    assertThat(properties(Map.of("matrix.timeout.phase", text)).runSettings().phaseTimeout())
        .isEqualTo(expected);
  }

  @Test
  void ratiosAreExact() {
    Volume volume =
        properties(Map.of("matrix.rows", "100", "matrix.change-ratio", "0.29"))
            .runSettings()
            .volume();
    assertThat(volume.changed()).isEqualTo(29);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "matrix.run-mode | cloud | Unknown run mode 'cloud'; allowed are mock_contract, mock_local, real_local.",
        "matrix.rows | ten | matrix.rows is 'ten' (system property); allowed are whole numbers from 1 to 1000000000.",
        "matrix.rows | 0 | allowed are whole numbers from 1 to 1000000000",
        "matrix.rows | 1000000001 | allowed are whole numbers from 1 to 1000000000",
        "matrix.change-ratio | half | allowed are decimal numbers from 0 to 1",
        "matrix.change-ratio | 1.01 | allowed are decimal numbers from 0 to 1",
        "matrix.change-ratio | -0.1 | allowed are decimal numbers from 0 to 1",
        "matrix.change-ratio | 1e-1 | allowed are decimal numbers from 0 to 1",
        "matrix.delete-ratio | 0,05 | allowed are decimal numbers from 0 to 1",
        "matrix.delete-ratio | 0.21 | delete-ratio 0.21 is greater than change-ratio 0.20",
        "matrix.seed | x | allowed are whole numbers from -9223372036854775808",
        "matrix.parallelism | 0 | allowed are whole numbers from 1 to 256",
        "matrix.timeout.case | 0s | allowed are durations above zero, e.g. 500ms, 90s, 5m, 1h or PT5M",
        "matrix.timeout.phase | soon | allowed are durations above zero",
        "matrix.shard | 5/4 | Shard '5/4' does not exist; allowed are i/n",
        "matrix.source | postgres,,mysql | allowed are a comma list without empty items",
        "matrix.case | '  ' | matrix.case is '' (system property), and needs a value; leave it out for the default.",
        "matrix.cases-file | /does/not/exist | allowed are a text file that can be read",
        "matrix.rws | 1 | Unknown system property 'matrix.rws'; allowed are matrix.run-mode, matrix.source,"
      })
  void refusesABadValueAndSaysWhatIsAllowed(String name, String text, String sentence) {
    assertThatThrownBy(() -> properties(Map.of(name, text)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void refusesAnUnknownVariableAndAnUnknownParameter() {
    assertThatThrownBy(() -> new Settings(Map.of(), Map.of("MATRIX_ROW", "1"), Map.of()))
        .hasMessageStartingWith(
            "Unknown environment variable 'MATRIX_ROW'; allowed are MATRIX_RUN_MODE, ")
        .hasMessageEndingWith(
            "MATRIX_CHDB_LIB, MATRIX_SYSTEM_<FAMILY>, MATRIX_IMAGE_<FAMILY>, MATRIX_VERSIONS_<FAMILY>,"
                + " MATRIX_<FAMILY>_URL, MATRIX_<FAMILY>_USER, MATRIX_<FAMILY>_PASSWORD.");
    assertThatThrownBy(() -> new Settings(Map.of(), Map.of(), Map.of("matrix.row", "1")))
        .hasMessageStartingWith("Unknown configuration parameter 'matrix.row'; allowed are ");
  }

  @Test
  void leavesOtherNamesAlone() {
    assertThat(
            new Settings(Map.of("matrixes", "1"), Map.of("MATRIXROWS", "1"), Map.of("junit.x", "y"))
                .values())
        .isNotEmpty();
  }

  @Test
  void theRerunLineNamesProfileCaseAndSeed() {
    assertThat(new RerunLine(properties(Map.of()).runSettings(), Matrix.CANONICAL).of(ID))
        .isEqualTo(
            "mvn verify -Pmatrix-mock-contract -Dmatrix.case=postgres_to_mssql__xmin -Dmatrix.seed=20260603");
  }

  @Test
  void theRerunLineOfSomebodyElsesRegistryNamesTheRunModeInsteadOfAProfile() {
    RunSettings settings = properties(Map.of("matrix.run-mode", "mock_local")).runSettings();
    assertThat(new RerunLine(settings, "toys.yaml").of(ID))
        .isEqualTo(
            "mvn verify -Dmatrix.run-mode=mock_local -Dmatrix.case=postgres_to_mssql__xmin -Dmatrix.seed=20260603");
  }

  @Test
  void theRerunLineRepeatsWhatIsNotDefault() {
    RunSettings settings =
        properties(
                Map.of(
                    "matrix.run-mode", "mock_local",
                    "matrix.rows", "500",
                    "matrix.change-ratio", "0.5",
                    "matrix.delete-ratio", "0.1",
                    "matrix.seed", "-7"))
            .runSettings();
    assertThat(new RerunLine(settings, Matrix.CANONICAL).of(ID))
        .isEqualTo(
            "mvn verify -Pmatrix-mock-local -Dmatrix.case=postgres_to_mssql__xmin -Dmatrix.seed=-7"
                + " -Dmatrix.rows=500 -Dmatrix.change-ratio=0.5 -Dmatrix.delete-ratio=0.1");
  }

  @Test
  void everySettingIsReachable() {
    assertThat(List.of(Setting.values()))
        .allSatisfy(
            s -> {
              assertThat(Setting.ofProperty(s.property())).contains(s);
              assertThat(Setting.ofVariable(s.variable())).contains(s);
            });
  }
}
