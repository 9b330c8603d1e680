package io.plumbline.matrix.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.registry.Family;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConnectorContractTest {
  private static final Told SOUND =
      new Told(
          Set.of(Feature.SNAPSHOT, Feature.REPLACE_ALL),
          LogicalType.POINT,
          (types, type) -> types.exact(type, "point"),
          name -> true);

  /** A connector that differs from a sound one in what a test is about. */
  private record Told(
      Set<Feature> features,
      LogicalType special,
      BiConsumer<TypeMapping.Builder, LogicalType> declaring,
      Predicate<String> naming)
      implements Connector {
    private static final Family FAMILY = new Family("told");

    Told declaring(LogicalType type, BiConsumer<TypeMapping.Builder, LogicalType> declaration) {
      return new Told(features, type, declaration, naming);
    }

    Told with(Feature... others) {
      return new Told(Set.of(others), special, declaring, naming);
    }

    Told naming(Predicate<String> names) {
      return new Told(features, special, declaring, names);
    }

    @Override
    public Family family() {
      return FAMILY;
    }

    @Override
    public Trait trait() {
      return Trait.KEYED_TABLE;
    }

    @Override
    public TypeMapping sourceTypes() {
      return types(Role.SOURCE);
    }

    @Override
    public TypeMapping sinkTypes() {
      return types(Role.SINK);
    }

    private TypeMapping types(Role role) {
      TypeMapping.Builder types = TypeMapping.of(FAMILY, role);
      for (LogicalType type : LogicalType.values()) {
        if (type == special) {
          declaring.accept(types, type);
        } else {
          types.exact(type, "native");
        }
      }
      return types.build();
    }

    @Override
    public String targetDefinition(String name, List<ColumnContract> columns, TargetLayout layout) {
      return names(columns, ColumnContract::atTarget);
    }

    @Override
    public String sourceDefinition(String name, List<ColumnContract> columns) {
      return names(columns, ColumnContract::atSource);
    }

    private String names(List<ColumnContract> columns, Predicate<ColumnContract> present) {
      return columns.stream()
          .filter(present)
          .map(contract -> contract.column().name())
          .filter(naming)
          .collect(Collectors.joining(" "));
    }
  }

  /** All but the first, which every connector here has: it is no service. */
  private static List<String> violations(Connector connector) {
    List<String> all = ConnectorContract.violations(connector);
    assertThat(all.get(0)).contains("is not found by ServiceLoader");
    return all.subList(1, all.size());
  }

  private static List<String> violations(
      LogicalType type, BiConsumer<TypeMapping.Builder, LogicalType> declaration) {
    return violations(SOUND.declaring(type, declaration));
  }

  @Test
  void aSoundOneHasNone() {
    assertThat(violations(SOUND)).isEmpty();
    assertThat(violations(LogicalType.XML, (t, x) -> t.unsupported(x, "There is no such thing.")))
        .isEmpty();
    assertThat(violations(LogicalType.TIME, (t, x) -> t.rounded(x, "time(3)", 3))).isEmpty();
    assertThat(violations(LogicalType.FLOAT32, (t, x) -> t.widened(x, "f8", LogicalType.DOUBLE)))
        .isEmpty();
  }

  @Test
  void aRoleWithoutItsFirstFeatureCannotLoadAnything() {
    assertThat(violations(SOUND.with(Feature.SNAPSHOT, Feature.APPEND)))
        .containsExactly(
            "told as sink lacks the feature REPLACE_ALL, which every first load needs.");
  }

  @Test
  void aRoleThatIsNotPlayedIsRefused() {
    assertThat(violations(SOUND.with(Feature.SNAPSHOT)))
        .containsExactly(
            "told declares no feature of a sink, and yet gives types; it must throw UnsupportedOperationException(\"told is no sink.\").",
            "told declares no feature of a sink, and yet gives a definition; it must throw UnsupportedOperationException(\"told is no sink.\").");
    assertThat(violations(SOUND.with()))
        .contains("told declares no feature, so it plays no role.")
        .hasSize(5);
  }

  @Test
  void aReasonIsASentence() {
    assertThat(violations(LogicalType.XML, (t, x) -> t.unsupported(x, "no")))
        .contains("told as source has no sentence that says why it does not support xml: 'no'.");
  }

  @Test
  void whatIsSupportedHasANativeType() {
    assertThat(violations(LogicalType.XML, (t, x) -> t.exact(x, " ")))
        .contains("told as sink declares xml without a native type.");
  }

  @Test
  void keysAndCursorsAreExact() {
    assertThat(violations(LogicalType.DATE, (t, x) -> t.asText(x, "text", TextForm.ISO_8601)))
        .contains(
            "told as source declares date as AS_TEXT(iso_8601); the column business_date needs it EXACT.");
  }

  @Test
  void textThatASourceHandsOnIsKept() {
    assertThat(violations(LogicalType.LONG_TEXT, (t, x) -> t.unsupported(x, "Texts are too long.")))
        .contains(
            "told as sink declares long_text as UNSUPPORTED(Texts are too long.); what travels as text needs it EXACT.");
  }

  @Test
  void aConversionFitsTheValuesOfItsType() {
    assertThat(violations(LogicalType.XML, (t, x) -> t.asText(x, "text", TextForm.HEX)))
        .contains(
            "told as sink declares xml as AS_TEXT(hex), which is no conversion of its values.");
    assertThat(violations(LogicalType.OID, (t, x) -> t.rounded(x, "int", 2))).hasSize(2);
    assertThat(violations(LogicalType.DATETIME2_7, (t, x) -> t.truncated(x, "time", 7))).hasSize(2);
    assertThat(violations(LogicalType.TIME, (t, x) -> t.widened(x, "time", LogicalType.TIME)))
        .hasSize(2);
    assertThat(violations(LogicalType.DOUBLE, (t, x) -> t.widened(x, "f4", LogicalType.FLOAT32)))
        .hasSize(2);
    assertThat(violations(LogicalType.OID, (t, x) -> t.unsignedZero(x, "f8", LogicalType.DOUBLE)))
        .hasSize(2);
  }

  @Test
  void aDefinitionNamesWhatIsSupported() {
    assertThat(violations(SOUND.naming(name -> !name.equals("id"))))
        .containsExactly(
            "The definition of told's source table lacks the column id, which it supports.",
            "The definition of told's target keyed lacks the column id, which it supports.",
            "The definition of told's target append lacks the column id, which it supports.",
            "The definition of told's target history lacks the column id, which it supports.");
  }
}
