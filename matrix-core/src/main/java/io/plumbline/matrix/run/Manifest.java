package io.plumbline.matrix.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.mover.StrategyPlan;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.DocumentSchema;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.YamlDocument;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * One case as a file: which it is, the settings it is run with, what its strategy uses and the
 * verdict that is expected. A run takes the case and the settings from it; strategy and verdict are
 * compared with those of the case, so that a manifest never says what is not so.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class Manifest {
  private static final String SCHEMA_ID = "plumbline.matrix.manifest/1";
  private static final DocumentSchema SCHEMA =
      DocumentSchema.ofClassPath(Manifest.class, "manifest.schema.json");

  /** A longer fraction would be written out, and one of a few characters can be a gigabyte. */
  private static final int MOST_DECIMALS = 30;

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private final String name;
  private final JsonNode document;

  private Manifest(String name, JsonNode document) {
    this.name = name;
    this.document = document;
  }

  /** The manifest of a case that is run with the given settings. */
  public static Manifest of(MatrixCase matrixCase, RunSettings settings) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("schema", SCHEMA_ID);
    document.put("case", matrixCase.id().toString());
    settings(document.putObject("settings"), settings);
    ObjectNode expect = JsonNodeFactory.instance.objectNode();
    if (matrixCase.support() instanceof MatrixCase.Rejected rejected) {
      expect.put("verdict", Verdict.REJECTED_AS_DECLARED.name());
      expect.put("code", rejected.code());
    } else {
      expect.put("verdict", Verdict.PASS.name());
      strategy(document.putObject("strategy"), StrategyPlan.of(matrixCase.id().strategy()));
    }
    document.set("expect", expect);
    return new Manifest(matrixCase.id().toString(), document);
  }

  private static void settings(ObjectNode node, RunSettings settings) {
    Volume volume = settings.volume();
    node.put(Setting.RUN_MODE.key(), settings.mode().id());
    node.put(Setting.ROWS.key(), volume.rows());
    node.put(Setting.CHANGE_RATIO.key(), volume.changeRatio());
    node.put(Setting.DELETE_RATIO.key(), volume.deleteRatio());
    node.put(Setting.WIDE_COLUMNS.key(), volume.wideColumns());
    node.put(Setting.SEED.key(), volume.seed());
    node.put(Setting.TIMEOUT_CASE.key(), settings.caseTimeout().toString());
    node.put(Setting.TIMEOUT_PHASE.key(), settings.phaseTimeout().toString());
  }

  private static void strategy(ObjectNode node, StrategyPlan plan) {
    node.put("read", id(plan.read()));
    switch (plan.read()) {
      case ROWS_AFTER_CURSOR -> node.put("cursor", "updated_at");
      case WINDOW -> {
        node.put("partition", "business_date");
        node.put("window", Dataset.LAST_DATE.toString());
      }
      case TOUCHED_PARTITIONS -> node.put("partition", "business_date");
      case BACKFILL_DATES -> {
        node.put("partition", "business_date");
        Dataset.changedDates().forEach(date -> node.withArray("dates").add(date.toString()));
      }
      case SNAPSHOT, ROWS_IN_XMIN_WINDOW, CHANGES -> {}
    }
    node.put("write", id(plan.action()));
    if (plan.action() == WriteAction.MERGE || plan.action() == WriteAction.HISTORY) {
      node.put("key", "id");
    }
    if (plan.rows() == StrategyPlan.Rows.MERGED) {
      node.put("delete_marker", "is_deleted");
    }
  }

  private static String id(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a manifest as its schema says.
   *
   * @param name the file's name, for messages
   * @param yaml its content
   * @throws InvalidInputException when it is not valid; the message names file, place, value and
   *     what is allowed
   */
  static Manifest read(String name, InputStream yaml) {
    return new Manifest(name, YamlDocument.read(name, yaml, SCHEMA));
  }

  /** The manifest as a YAML document, which {@code matrix.manifest} takes as it is. */
  public String yaml() {
    try {
      return YAML.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  /** The id of the case it is of. */
  public String caseId() {
    return document.path("case").textValue();
  }

  /** The settings it has, as they would be written after {@code -D}. */
  Map<Setting, String> settings() {
    Map<Setting, String> settings = new EnumMap<>(Setting.class);
    settings.put(Setting.CASE, caseId());
    for (Setting setting : Setting.values()) {
      JsonNode value = document.path("settings").path(setting.key());
      if (!value.isMissingNode()) {
        settings.put(setting, text(value));
      }
    }
    return settings;
  }

  private static String text(JsonNode value) {
    if (!value.isNumber()) {
      return value.textValue();
    }
    BigDecimal number = value.decimalValue();
    return number.scale() >= 0 && number.scale() <= MOST_DECIMALS
        ? number.toPlainString()
        : number.toString();
  }

  /**
   * Refuses what it says of strategy and verdict and is not so.
   *
   * @param truth the manifest of the same case
   * @throws InvalidInputException when something differs; the message names file, place, value and
   *     what is allowed
   */
  public void requireAgreementWith(Manifest truth) {
    for (String part : List.of("strategy", "expect")) {
      JsonNode actual = truth.document.path(part);
      for (Map.Entry<String, JsonNode> said : document.path(part).properties()) {
        JsonNode is = actual.path(said.getKey());
        if (!said.getValue().equals(is)) {
          throw new InvalidInputException(
              "%s: /%s/%s is %s; allowed for %s is %s."
                  .formatted(
                      name,
                      part,
                      said.getKey(),
                      DocumentSchema.shown(said.getValue()),
                      caseId(),
                      is.isMissingNode() ? "to leave it out" : DocumentSchema.shown(is)));
        }
      }
    }
  }
}
