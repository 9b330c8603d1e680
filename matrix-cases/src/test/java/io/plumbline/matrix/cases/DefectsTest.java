package io.plumbline.matrix.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.defect.DeclaredLossRun;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every seeded defect in the canonical cube, and a false conversion beside every declaration, on
 * the connectors of the class path: once a strategy that it bites, or with {@code -Pmatrix-defects}
 * in every case that it can bite.
 */
class DefectsTest {
  private static final long ROWS = Long.getLong("plumbline.defects.rows", 600);
  private static final Volume VOLUME = volume(ROWS);

  /** A conversion is the same in every row. */
  private static final Volume SMALL_VOLUME = volume(Math.min(ROWS, 600));

  private static Volume volume(long rows) {
    return new Volume(rows, new BigDecimal("0.20"), new BigDecimal("0.05"), 120, 20260603L);
  }

  @Test
  void everyDefectIsKilledByItsOwnCheck() throws IOException {
    Extent extent = extent();
    Matrix matrix = canonical();
    List<Connector> connectors = Families.all();
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
    assertDead(table, directory());
  }

  @Test
  void everyDeclarationThatIsNotKeptIsSeenInEachOfItsColumns() throws IOException {
    List<Connector> connectors = Families.all();
    KillTable table = new DeclaredLossRun(canonical(), connectors, SMALL_VOLUME, 2).run(extent());

    assertDead(table, directory().resolve("declarations"));
    Set<String> ids = table.defects().stream().map(KillTable.Line::id).collect(Collectors.toSet());
    for (Connector connector : connectors) {
      for (Role role : Role.values()) {
        if (connector.features().stream().anyMatch(feature -> feature.role() == role)) {
          assertThat(ids).containsAll(asked(connector, role));
        }
      }
    }
  }

  /** The defects that the declarations of a role need at least. */
  private static Set<String> asked(Connector connector, Role role) {
    TypeMapping types = role == Role.SOURCE ? connector.sourceTypes() : connector.sinkTypes();
    Set<String> asked = new TreeSet<>();
    for (LogicalType type : LogicalType.values()) {
      Fidelity fidelity = types.of(type).fidelity();
      String prefix =
          "%s-%s-%s-loses-"
              .formatted(connector.family(), role.name().toLowerCase(Locale.ROOT), type.id());
      if (!(fidelity instanceof Fidelity.Exact || fidelity instanceof Fidelity.Unsupported)) {
        asked.add(prefix + "more");
      }
      // Text that travels as it is, and values of one class in a wider column, lose nothing.
      if (!(fidelity instanceof Fidelity.Exact
          || (fidelity instanceof Fidelity.AsText && type.canonical() == String.class)
          || (fidelity instanceof Fidelity.Widened widened
              && type.canonical() == widened.to().canonical()))) {
        asked.add(prefix + "less");
      }
    }
    return asked;
  }

  private static void assertDead(KillTable table, Path directory) {
    table.write(directory);
    System.out.println(table.totals());
    assertThat(table.problems()).isEmpty();
    assertThat(table.killed()).isEqualTo(table.cases());
  }

  private static Extent extent() {
    return Extent.valueOf(
        System.getProperty("plumbline.defects.extent", "case_per_strategy")
            .toUpperCase(Locale.ROOT));
  }

  private static Path directory() {
    return Path.of(
        Objects.requireNonNull(
            System.getProperty("plumbline.defects.directory", "target/defects")));
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
