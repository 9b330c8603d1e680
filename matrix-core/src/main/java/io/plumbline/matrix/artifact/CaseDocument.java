package io.plumbline.matrix.artifact;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.Strategy;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.RunSettings;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code case.json}: what was promised. */
record CaseDocument(
    String schema,
    @JsonProperty("case") String caseId,
    String source,
    String sink,
    String strategy,
    String runMode,
    @Nullable Rejection rejection,
    @Nullable String evidence,
    @Nullable SystemLine sourceSystem,
    @Nullable SystemLine sinkSystem,
    Manifest manifest,
    @Nullable String sourceDefinition,
    @Nullable String targetDefinition,
    @Nullable List<ColumnLine> columns) {

  /** A refusal that the registry declares. */
  record Rejection(String code, String reason, List<String> instead) {}

  /** A system as it told itself. */
  record SystemLine(
      String family, String product, String version, String level, @Nullable String image) {
    static SystemLine of(SystemInfo info) {
      return new SystemLine(
          info.family().id(),
          info.product(),
          info.version(),
          info.level().id(),
          info.image().orElse(null));
    }
  }

  /** The documented volume and what its change set holds, in rows. */
  record Manifest(
      long rows,
      BigDecimal changeRatio,
      BigDecimal deleteRatio,
      int wideColumns,
      long seed,
      long changed,
      long deleted,
      long updated,
      long inserted,
      long stable) {
    static Manifest of(Volume volume) {
      return new Manifest(
          volume.rows(),
          volume.changeRatio(),
          volume.deleteRatio(),
          volume.wideColumns(),
          volume.seed(),
          volume.changed(),
          volume.deleted(),
          volume.updated(),
          volume.inserted(),
          volume.stable());
    }
  }

  /** A column, and what each side promises about it. */
  record ColumnLine(String name, String type, int nullPercent, Side source, Side sink) {
    static ColumnLine of(ColumnContract contract) {
      return new ColumnLine(
          contract.column().name(),
          contract.column().type().id(),
          contract.column().nullPercent(),
          Side.of(contract.source()),
          Side.of(contract.sink()));
    }
  }

  /** What one side promises. */
  record Side(String nativeType, String fidelity) {
    static Side of(TypeMapping.Declaration declaration) {
      return new Side(declaration.nativeType(), declaration.fidelity().label());
    }
  }

  static CaseDocument of(CaseResult result, RunSettings settings) {
    CaseId id = result.matrixCase().id();
    CaseResult.Contract contract = result.contract().orElse(null);
    return new CaseDocument(
        "plumbline.matrix.case/1",
        id.toString(),
        id.source().id(),
        id.sink().id(),
        id.strategy().id(),
        settings.mode().id(),
        rejection(result.matrixCase()),
        contract == null ? null : contract.level().id(),
        contract == null ? null : SystemLine.of(contract.source()),
        contract == null ? null : SystemLine.of(contract.sink()),
        Manifest.of(settings.volume()),
        contract == null ? null : contract.sourceDefinition(),
        contract == null ? null : contract.targetDefinition(),
        contract == null ? null : contract.columns().stream().map(ColumnLine::of).toList());
  }

  private static @Nullable Rejection rejection(MatrixCase matrixCase) {
    return matrixCase.support() instanceof MatrixCase.Rejected rejected
        ? new Rejection(
            rejected.code(),
            rejected.reason(),
            rejected.instead().stream().map(Strategy::id).toList())
        : null;
  }
}
