package io.plumbline.matrix.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.mover.StrategyPlan;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.registry.SchemaAssert;
import io.plumbline.matrix.registry.Strategy;
import io.plumbline.matrix.run.Settings.Origin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ManifestTest {
  private static final RunSettings DEFAULTS =
      new Settings(Map.of(), Map.of(), Map.of()).runSettings();
  private static final MatrixCase.Rejected REFUSAL =
      new MatrixCase.Rejected("source_has_no_xmin", "No xmin.", List.of(Strategy.FULL_REFRESH));

  @TempDir private Path folder = Path.of("");

  private static MatrixCase supported(Strategy strategy) {
    return new MatrixCase(
        new CaseId(new Family("postgres"), new Family("mssql"), strategy),
        new MatrixCase.Supported());
  }

  private static MatrixCase refused() {
    return new MatrixCase(
        new CaseId(new Family("mysql"), new Family("mssql"), Strategy.XMIN), REFUSAL);
  }

  private static Manifest read(String yaml) {
    return Manifest.read(
        "my-case.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  private Settings settings(String yaml, Map<String, String> properties) throws IOException {
    Path file = Files.writeString(folder.resolve("my-case.yaml"), yaml);
    return new Settings(properties, Map.of("MATRIX_MANIFEST", file.toString()), Map.of());
  }

  // --- written

  @Test
  void aManifestSaysWhatTheCaseIsRunWithUsesAndExpects() {
    assertThat(Manifest.of(supported(Strategy.INCREMENTAL_MERGE), DEFAULTS).yaml())
        .isEqualTo(
            """
            schema: plumbline.matrix.manifest/1
            case: postgres_to_mssql__incremental_merge
            settings:
              run_mode: mock_contract
              rows: 10000
              change_ratio: 0.20
              delete_ratio: 0.05
              wide_columns: 120
              seed: 20260603
              timeout_case: PT10M
              timeout_phase: PT5M
            strategy:
              read: rows_after_cursor
              cursor: updated_at
              write: merge
              key: id
              delete_marker: is_deleted
            expect:
              verdict: PASS
            """);
  }

  @Test
  void theManifestOfACaseOfAVersionAsksForThatVersion() throws IOException {
    String yaml =
        """
        schema: plumbline.matrix.manifest/1
        case: postgres_to_mssql__xmin@postgres-16.4
        settings:
          run_mode: real_local
        """;
    assertThat(settings(yaml, Map.of()).runSettings().systems().versions())
        .isEqualTo(Map.of(new Family("postgres"), List.of("16.4")));
  }

  @Test
  void aRefusedCaseUsesNothingAndExpectsItsCode() {
    assertThat(Manifest.of(refused(), DEFAULTS).yaml())
        .doesNotContain("strategy:")
        .endsWith("expect:\n  verdict: REJECTED_AS_DECLARED\n  code: source_has_no_xmin\n");
  }

  @Test
  void aBackfillNamesItsDates() {
    assertThat(Manifest.of(supported(Strategy.BACKFILL), DEFAULTS).yaml())
        .contains(
            """
              partition: business_date
              dates:
                - 2026-06-01
                - 2026-06-02
                - 2026-06-03
            """);
  }

  @Test
  void theColumnsAreThoseOfTheDataSet() {
    List<Column> columns = new Dataset(Volume.DEFAULT).columns();
    assertThat(
            List.of(
                columns.get(Column.ID).name(),
                columns.get(Column.BUSINESS_DATE).name(),
                columns.get(Column.UPDATED_AT).name(),
                columns.get(Column.IS_DELETED).name()))
        .containsExactly("id", "business_date", "updated_at", "is_deleted");
  }

  // --- read back

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void whatARunWritesIsReadAsItWas(Strategy strategy) throws IOException {
    RunSettings written =
        new Settings(
                Map.of(
                    "matrix.run-mode", "mock_local",
                    "matrix.rows", "500",
                    "matrix.change-ratio", "0.0000001",
                    "matrix.delete-ratio", "0.000000010",
                    "matrix.seed", "-9223372036854775808",
                    "matrix.timeout.case", "1500ms"),
                Map.of(),
                Map.of())
            .runSettings();
    Manifest manifest = Manifest.of(supported(strategy), written);
    Settings settings = settings(manifest.yaml(), Map.of());
    assertThat(settings.runSettings()).isEqualTo(written);
    assertThat(settings.selection().cases()).containsExactly("postgres_to_mssql__" + strategy);
    Manifest read = settings.manifest().orElseThrow();
    assertThat(read.yaml()).isEqualTo(manifest.yaml());
    read.requireAgreementWith(manifest);
  }

  @Test
  void whatIsSaidByNameBeatsTheManifestWhichBeatsTheDefault() throws IOException {
    Settings settings =
        settings(
            """
            schema: plumbline.matrix.manifest/1
            case: a_to_b__xmin
            settings: {rows: 500, seed: 7}
            """,
            Map.of("matrix.rows", "20", "matrix.case", "a_to_b__xmin"));
    assertThat(settings.shown())
        .contains(
            new Settings.Value(Setting.CASE.property(), "a_to_b__xmin", Origin.SYSTEM_PROPERTY),
            new Settings.Value(Setting.ROWS.property(), "20", Origin.SYSTEM_PROPERTY),
            new Settings.Value(Setting.SEED.property(), "7", Origin.MANIFEST),
            new Settings.Value(Setting.RUN_MODE.property(), "mock_contract", Origin.DEFAULT));
    assertThat(settings.runSettings().volume().seed()).isEqualTo(7);
  }

  // --- refused

  @Test
  void aManifestOfAnotherCaseThanTheOneAskedForIsRefused() {
    String yaml = Manifest.of(refused(), DEFAULTS).yaml();
    assertThatThrownBy(() -> settings(yaml, Map.of("matrix.case", "mysql_*")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "matrix.case is 'mysql_*' (system property), and the manifest is that of mysql_to_mssql__xmin; leave one of the two out.");
  }

  @Test
  void aManifestThatIsNotThereIsRefused() {
    assertThatThrownBy(
            () -> new Settings(Map.of("matrix.manifest", "/no/such"), Map.of(), Map.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "matrix.manifest is '/no/such' (system property); allowed are a file that can be read, with the manifest of a case.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "manifest/1 | manifest/2 | /schema is 'plumbline.matrix.manifest/2'; allowed is plumbline.matrix.manifest/1",
        "rows: | row: | /settings/row is not a known key; allowed are run_mode, rows, change_ratio,",
        "expect: | expects: | /expects is not a known key; allowed are schema, case, settings, strategy, expect",
        "cursor: | column: | /strategy/column is not a known key; allowed are read, cursor,",
        "case: postgres | cases: postgres | /cases is not a known key",
        "postgres_to_mssql__incremental_merge | postgres_*__xmin | /case is 'postgres_*__xmin'; allowed is a case id",
        "mock_contract | mock | /settings/run_mode is 'mock'; allowed is mock_contract, mock_local, real_local",
        "10000 | many | /settings/rows is 'many'; allowed is a whole number of base rows",
        "10000 | 0 | /settings/rows is 0; allowed is a whole number of base rows from 1 to 1000000000",
        "10000 | 1.5 | /settings/rows is 1.5; allowed is a whole number",
        "0.20 | 1.01 | /settings/change_ratio is 1.01; allowed is a decimal number from 0 to 1",
        "0.20 | 0.01 | delete-ratio 0.05 is greater than change-ratio 0.01",
        "0.20 | 1.0e-999999 | matrix.change-ratio is '1.0E-999999' (manifest); allowed are decimal numbers",
        "20260603 | 9223372036854775808 | /settings/seed is 9223372036854775808; allowed is a whole number of 64 bits",
        "PT10M | 10 minutes | /settings/timeout_case is '10 minutes'; allowed is a duration above zero",
        "PT10M | 0s | matrix.timeout.case is '0s' (manifest); allowed are durations above zero",
        "rows_after_cursor | rows | /strategy/read is 'rows'; allowed is snapshot, rows_after_cursor,",
        "verdict: PASS | verdict: GREEN | /expect/verdict is 'GREEN'; allowed is PASS, REJECTED_AS_DECLARED",
        "verdict: PASS | verdict: [PASS | is not valid: ",
        "verdict: PASS | verdict: &a PASS | has an anchor, an alias or a tag; allowed are plain values",
        "seed: 20260603 | rows: 1 | is not valid: Duplicate field 'rows'; allowed is one YAML document, each key once"
      })
  void refusesAManifestThatIsNotValid(String from, String to, String sentence) {
    String yaml = Manifest.of(supported(Strategy.INCREMENTAL_MERGE), DEFAULTS).yaml();
    assertThat(yaml).contains(from);
    assertThatThrownBy(() -> settings(yaml.replaceFirst(from, to), Map.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(sentence)
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cursor: updated_at | cursor: created_at | my-case.yaml: /strategy/cursor is 'created_at'; allowed for postgres_to_mssql__incremental_merge is 'updated_at'.",
        "write: merge | write: append | my-case.yaml: /strategy/write is 'append'; allowed for postgres_to_mssql__incremental_merge is 'merge'.",
        "cursor: updated_at | window: 2026-06-03 | my-case.yaml: /strategy/window is '2026-06-03'; allowed for postgres_to_mssql__incremental_merge is to leave it out.",
        "verdict: PASS | verdict: REJECTED_AS_DECLARED | my-case.yaml: /expect/verdict is 'REJECTED_AS_DECLARED'; allowed for postgres_to_mssql__incremental_merge is 'PASS'.",
        "verdict: PASS | code: no_way | my-case.yaml: /expect/code is 'no_way'; allowed for postgres_to_mssql__incremental_merge is to leave it out."
      })
  void refusesWhatIsNotSoOfTheCase(String from, String to, String sentence) {
    Manifest truth = Manifest.of(supported(Strategy.INCREMENTAL_MERGE), DEFAULTS);
    assertThat(truth.yaml()).contains(from);
    Manifest read = read(truth.yaml().replace(from, to));
    assertThatThrownBy(() -> read.requireAgreementWith(truth))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(sentence);
  }

  // --- the schema itself

  private static JsonNode schema() throws IOException {
    return new JsonMapper()
        .readTree(
            Objects.requireNonNull(Manifest.class.getResourceAsStream("manifest.schema.json")));
  }

  @Test
  void theSchemaIsValidAndSaysOfEveryValueWhatIsAllowed() throws IOException {
    SchemaAssert.assertValidAndDescribed(schema());
  }

  @Test
  void theWordsOfTheSchemaAreThoseOfTheCode() throws IOException {
    assertThat(words("/properties/settings/properties/run_mode")).isEqualTo(ids(RunMode.values()));
    assertThat(words("/properties/strategy/properties/read"))
        .isEqualTo(ids(StrategyPlan.Read.values()));
    assertThat(words("/properties/strategy/properties/write")).isEqualTo(ids(WriteAction.values()));
  }

  private static List<String> words(String place) throws IOException {
    return schema().at(place).path("enum").valueStream().map(JsonNode::asText).toList();
  }

  private static List<String> ids(Enum<?>[] values) {
    return Arrays.stream(values).map(v -> v.name().toLowerCase(Locale.ROOT)).toList();
  }
}
