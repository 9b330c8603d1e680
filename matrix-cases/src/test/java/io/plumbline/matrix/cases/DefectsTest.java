package io.plumbline.matrix.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.defect.Defect;
import io.plumbline.matrix.defect.DefectRun;
import io.plumbline.matrix.defect.DefectRun.Extent;
import io.plumbline.matrix.defect.Defects;
import io.plumbline.matrix.defect.KillTable;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.Strategy;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Every seeded defect in the canonical cube, on the connectors of the class path: once a strategy
 * that it bites, or with {@code -Pmatrix-defects} in every case that it can bite.
 */
class DefectsTest {
  private static final Volume VOLUME =
      new Volume(
          Long.getLong("plumbline.defects.rows", 2_000),
          new BigDecimal("0.20"),
          new BigDecimal("0.05"),
          120,
          20260603L);

  @Test
  void everyDefectIsKilledByItsOwnCheck() throws IOException {
    Extent extent =
        Extent.valueOf(
            System.getProperty("plumbline.defects.extent", "case_per_strategy")
                .toUpperCase(Locale.ROOT));
    Matrix matrix = canonical();
    List<Connector> connectors =
        ServiceLoader.load(Connector.class).stream().map(ServiceLoader.Provider::get).toList();
    List<Defect> defects = Defects.all();

    DefectRun run = new DefectRun(matrix, connectors, VOLUME, 2);
    Map<String, Set<Strategy>> notBitten = new TreeMap<>();
    defects.forEach(d -> notBitten.put(d.id(), new TreeSet<>(d.strategies())));
    run.plan(defects, extent)
        .forEach(
            (matrixCase, planted) ->
                planted.forEach(
                    d ->
                        Objects.requireNonNull(notBitten.get(d.id()))
                            .remove(matrixCase.id().strategy())));
    notBitten.values().removeIf(Set::isEmpty);
    assertThat(notBitten).as("strategies that a defect claims to bite, and no case has").isEmpty();

    KillTable table = run.run(defects, extent);
    table.write(
        Path.of(
            Objects.requireNonNull(
                System.getProperty("plumbline.defects.directory", "target/defects"))));

    System.out.println(table.totals());
    assertThat(table.problems()).isEmpty();
    assertThat(table.killed()).isEqualTo(table.cases());
  }

  @Test
  void everyStrategyIsBittenBySeveralDefects() {
    assertThat(Arrays.stream(Strategy.values()))
        .allSatisfy(
            strategy ->
                assertThat(Defects.all().stream().filter(d -> d.strategies().contains(strategy)))
                    .as(strategy.id())
                    .hasSizeGreaterThan(30));
  }

  private static Matrix canonical() throws IOException {
    try (InputStream yaml = DefectsTest.class.getResourceAsStream("matrix.yaml")) {
      return Matrix.read("matrix.yaml", Objects.requireNonNull(yaml));
    }
  }
}
