package io.plumbline.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TextForm;
import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.dataset.ValueDomain;
import io.plumbline.matrix.memory.DeclaredConversion;
import io.plumbline.matrix.oracle.FidelityRules;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@link TextForm#FLOAT} promises PostgreSQL's notation, so PostgreSQL decides. */
@ExtendWith(Postgres.class)
final class FloatTextTest {
  private final PostgresSystem system;

  FloatTextTest(PostgresSystem system) {
    this.system = system;
  }

  @Test
  void doublesAreWrittenAsTheServerWritesThem() {
    // Beside a power of two the neighbours are not equally far.
    Stream<Object> powers = IntStream.rangeClosed(-1074, 1023).mapToObj(e -> Math.scalb(1.0, e));
    assertWritten(LogicalType.DOUBLE, "float8", powers);
  }

  @Test
  void floatsAreWrittenAsTheServerWritesThem() {
    Stream<Object> powers = IntStream.rangeClosed(-149, 127).mapToObj(e -> Math.scalb(1.0f, e));
    assertWritten(LogicalType.FLOAT32, "float4", powers);
  }

  private void assertWritten(LogicalType type, String serverType, Stream<Object> more) {
    List<Object> values = new ArrayList<>(new ValueDomain(7).values(type));
    more.filter(value -> !values.contains(value)).forEach(values::add);
    Declaration asText = new Declaration(type, "text", new Fidelity.AsText(TextForm.FLOAT));
    String literals =
        values.stream().map(value -> "'" + value + "'").collect(Collectors.joining(","));
    List<String> written =
        List.of(
            Postgres.text(
                    system,
                    "SELECT string_agg(x::%s::text, ' ' ORDER BY i) FROM unnest(ARRAY[%s]) WITH ORDINALITY AS t(x, i)"
                        .formatted(serverType, literals))
                // Exactly between two numbers: even for readers that round to even, not for the
                // server.
                .replace("9.999999999999999e+22", "1e+23")
                .split(" "));

    assertThat(values.stream().map(v -> FidelityRules.apply(asText, v)).toList())
        .isEqualTo(written);
    assertThat(values.stream().map(v -> DeclaredConversion.convert(asText, v)).toList())
        .isEqualTo(written);
  }
}
