package io.plumbline.matrix.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.fidelity.TypeVector;
import io.plumbline.matrix.fidelity.TypeVectors;
import io.plumbline.matrix.fidelity.VectorRun;
import io.plumbline.matrix.registry.Matrix;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The canonical vectors through every pair of the canonical cube. */
class TypeVectorsTest {
  private static final String FILE = "type-vectors.jsonl";
  private final List<TypeVector> vectors = vectors();

  private static List<TypeVector> vectors() {
    try (InputStream lines = TypeVectorsTest.class.getResourceAsStream(FILE)) {
      return TypeVectors.read(FILE, Objects.requireNonNull(lines));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void whatAHumanExpectsAndWhatBothConversionsMakeIsTheSame() {
    Matrix matrix = Matrix.ofClassPath(Matrix.CANONICAL);
    List<Connector> connectors = Families.all();

    VectorRun.Result result = new VectorRun(matrix, connectors).run(vectors, Volume.DEFAULT.seed());

    assertThat(result.problems()).isEmpty();
    // Every vector through the thirty pairs and the eleven roles of seven families.
    assertThat(result.images()).isGreaterThan(vectors.size() * 41);
    assertThat(result.literals())
        .isGreaterThanOrEqualTo(vectors.stream().mapToInt(v -> v.expected().size()).sum())
        .isPositive();
    System.out.printf(
        "Type vectors: %d, taken to %d places with the values of the domain; %d results written by hand.%n",
        result.vectors(), result.images(), result.literals());
  }

  @Test
  void thereAreEnoughAndEveryTypeHasSome() {
    assertThat(vectors).hasSizeGreaterThanOrEqualTo(250);
    assertThat(Arrays.stream(LogicalType.values()))
        .allSatisfy(
            type ->
                assertThat(vectors.stream().filter(v -> v.type() == type))
                    .as(type.id())
                    .hasSizeGreaterThanOrEqualTo(2));
  }
}
