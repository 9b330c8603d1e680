package io.plumbline.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.dataset.Volume;
import java.math.BigDecimal;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class KafkaConnectorTest {
  private final KafkaConnector connector = new KafkaConnector();
  private final Dataset dataset =
      new Dataset(new Volume(1, BigDecimal.ZERO, BigDecimal.ZERO, 120, 1));
  private final List<ColumnContract> contracts =
      ColumnContract.of(dataset.columns(), connector.sourceTypes(), connector.sinkTypes());

  @Test
  void isFound() {
    assertThat(ServiceLoader.load(Connector.class))
        .hasAtLeastOneElementOfType(KafkaConnector.class);
    assertThat(connector.family().id()).isEqualTo("kafka");
  }

  @Test
  void everyTypeIsDeclaredAndWhatIsMissingHasAReason() {
    for (TypeMapping types : List.of(connector.sourceTypes(), connector.sinkTypes())) {
      for (LogicalType type : LogicalType.values()) {
        Declaration declaration = types.of(type);
        if (declaration.fidelity() instanceof Fidelity.Unsupported unsupported) {
          assertThat(unsupported.reason()).as(type.id()).endsWith(".").hasSizeGreaterThan(20);
        } else {
          assertThat(declaration.nativeType()).as(type.id()).isNotBlank();
        }
      }
    }
  }

  @Test
  void keysAndCursorsAreExact() {
    for (TypeMapping types : List.of(connector.sourceTypes(), connector.sinkTypes())) {
      assertThat(dataset.columns().subList(0, 6))
          .allSatisfy(
              column ->
                  assertThat(types.of(column.type()).fidelity()).isEqualTo(new Fidelity.Exact()));
    }
  }

  @Test
  void everyTargetNamesTheColumnsItSupportsAndNoOther() {
    for (TargetLayout layout : TargetLayout.values()) {
      String definition = connector.targetDefinition("plumbline.t", contracts, layout);
      for (ColumnContract contract : contracts) {
        assertThat(definition.contains(contract.column().name()))
            .as(contract.column().name())
            .isEqualTo(contract.atTarget());
      }
    }
  }

  @Test
  void textThatASourceHandsOnIsKept() {
    assertThat(connector.sinkTypes().of(LogicalType.LONG_TEXT).fidelity())
        .isEqualTo(new Fidelity.Exact());
  }

  @Test
  void theSourceNamesTheColumnsItSupportsAndNoOther() {
    String definition = connector.sourceDefinition("plumbline.t", contracts);
    for (ColumnContract contract : contracts) {
      assertThat(definition.contains(contract.column().name()))
          .as(contract.column().name())
          .isEqualTo(contract.atSource());
    }
  }

  @Test
  void theDefinitionIsWrittenAsTheFamilyWritesIt() {
    assertThat(connector.targetDefinition("t", contracts, TargetLayout.KEYED))
        .contains(
            "\"id\":{\"type\":\"string\",\"format\":\"int64\",\"pattern\":\"^-?[0-9]{1,19}$\",\"x-logical-type\":\"bigint\"}",
            "\"updated_at\":{\"type\":\"string\",\"format\":\"date-time-local\",\"x-logical-type\":\"timestamp\"}");
  }
}
