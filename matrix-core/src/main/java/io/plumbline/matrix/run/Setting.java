package io.plumbline.matrix.run;

import io.plumbline.matrix.dataset.Volume;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apiguardian.api.API;

/** The names by which a run is configured. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public enum Setting {
  RUN_MODE("run-mode", "mock_contract"),
  SOURCE("source", "*"),
  SINK("sink", "*"),
  STRATEGY("strategy", "*"),
  CASE("case", "*"),
  CASES_FILE("cases-file", ""),
  MANIFEST("manifest", ""),
  SHARD("shard", "1/1"),
  ROWS("rows", Long.toString(Volume.DEFAULT.rows())),
  CHANGE_RATIO("change-ratio", Volume.DEFAULT.changeRatio().toPlainString()),
  DELETE_RATIO("delete-ratio", Volume.DEFAULT.deleteRatio().toPlainString()),
  WIDE_COLUMNS("wide-columns", Integer.toString(Volume.DEFAULT.wideColumns())),
  SEED("seed", Long.toString(Volume.DEFAULT.seed())),
  ARTIFACT_DIR("artifact-dir", "test_artifacts/integration_matrix/<run-mode>"),
  PARALLELISM(
      "parallelism", Integer.toString(Math.min(4, Runtime.getRuntime().availableProcessors()))),
  TIMEOUT_CASE("timeout.case", "10m"),
  TIMEOUT_PHASE("timeout.phase", "5m"),
  TIMEOUT_START("timeout.start", "2m"),
  MISSING_SYSTEM("missing-system", "<of the run mode>"),
  /**
   * The file of chDB's library. The connector of clickhouse reads it by itself, so it cannot be a
   * configuration parameter.
   */
  CHDB_LIB("chdb-lib", "");

  /** What every property's name begins with. */
  static final String PROPERTY_PREFIX = "matrix.";

  /** What every environment variable's name begins with. */
  static final String VARIABLE_PREFIX = "MATRIX_";

  private final String shortName;
  private final String defaultText;

  Setting(String shortName, String defaultText) {
    this.shortName = shortName;
    this.defaultText = defaultText;
  }

  /** Name of the system property and the configuration parameter, e.g. {@code matrix.run-mode}. */
  public String property() {
    return PROPERTY_PREFIX + shortName;
  }

  /** Name of the environment variable, e.g. {@code MATRIX_RUN_MODE}. */
  public String variable() {
    return VARIABLE_PREFIX + key().toUpperCase(Locale.ROOT);
  }

  /** Name in a manifest, e.g. {@code run_mode}. */
  String key() {
    return shortName.replace('-', '_').replace('.', '_');
  }

  /** The value when nobody says anything else. */
  public String defaultText() {
    return defaultText;
  }

  static Optional<Setting> ofProperty(String name) {
    return Arrays.stream(values()).filter(s -> s.property().equals(name)).findFirst();
  }

  static Optional<Setting> ofVariable(String name) {
    return Arrays.stream(values()).filter(s -> s.variable().equals(name)).findFirst();
  }
}
