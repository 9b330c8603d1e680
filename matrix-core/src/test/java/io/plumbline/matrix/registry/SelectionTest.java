package io.plumbline.matrix.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
  private static final List<String> ALL = List.of("*");
  private static final Matrix MATRIX =
      Matrix.read(
          "small.yaml",
          Objects.requireNonNull(
              SelectionTest.class.getResourceAsStream("/io/plumbline/matrix/engine/small.yaml")));

  private static List<String> select(Selection selection) {
    return selection.select(MATRIX).stream().map(c -> c.id().toString()).toList();
  }

  private static Selection cases(String... cases) {
    return new Selection(ALL, ALL, ALL, List.of(cases), ALL, Shard.WHOLE);
  }

  private static Selection axes(String source, String sink, String strategy) {
    return new Selection(
        List.of(source.split("\\+", -1)),
        List.of(sink.split("\\+", -1)),
        List.of(strategy.split("\\+", -1)),
        ALL,
        ALL,
        Shard.WHOLE);
  }

  @Test
  void everythingIsTheWholeRegistryInItsOrder() {
    assertThat(Selection.all().select(MATRIX)).isEqualTo(MATRIX.cases()).hasSize(18);
  }

  @ParameterizedTest
  @CsvSource({
    "postgres, *, *, 6",
    "postgres+kafka, kafka, *, 6",
    "*, *, scd2, 6",
    "mysql, postgres, xmin, 1",
    "*+postgres, *, *, 18"
  })
  void theAxesNarrowTogether(String source, String sink, String strategy, int size) {
    assertThat(select(axes(source, sink, strategy))).hasSize(size);
  }

  @ParameterizedTest
  @CsvSource({
    "mysql_to_postgres__scd2, 4",
    "mysql_to_postgres__*, 9",
    "*@postgres-16, 11",
    "*@mysql-8.4, 5",
    "mysql_to_postgres__scd2@mysql-8.4, 2",
    "mysql_to_postgres__scd2@mysql-8.4@postgres-16, 1",
    "kafka_to_kafka__scd2, 1",
    "kafka_to_kafka__scd2+*_postgres__full_refresh@postgres-15, 5"
  })
  void aPlainIdOrGlobTakesAllVersionsAndOneWithAVersionThatOne(String cases, int size) {
    Matrix matrix =
        MATRIX.withVersions(
            Map.of(
                new Family("postgres"), List.of("15", "16"),
                new Family("mysql"), List.of("8.4", "9.1")));
    assertThat(cases(cases.split("\\+", -1)).select(matrix)).hasSize(size);
  }

  @Test
  void aVersionThatTheRunDoesNotHaveIsAnUnknownCase() {
    assertThatThrownBy(() -> select(cases("mysql_to_kafka__full_refresh@mysql-8.4")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("Unknown case 'mysql_to_kafka__full_refresh@mysql-8.4'");
  }

  @Test
  void aCaseIdSelectsThatCase() {
    assertThat(select(cases("mysql_to_kafka__xmin"))).containsExactly("mysql_to_kafka__xmin");
  }

  @Test
  void globsAndIdsAreJoinedInRegistryOrderWithoutDuplicates() {
    assertThat(select(cases("kafka_to_*__xmin", "postgres_to_kafka__scd2", "kafka_to_kafk?__xmin")))
        .containsExactly(
            "postgres_to_kafka__scd2", "kafka_to_postgres__xmin", "kafka_to_kafka__xmin");
  }

  @Test
  void aGlobMatchesTheWholeIdAndNoDotIsSpecial() {
    assertThatThrownBy(() -> select(cases("postgres_to_kafka"))).hasMessageContaining("Unknown");
    assertThatThrownBy(() -> select(cases("postgres.to.kafka*"))).hasMessageContaining("No case");
  }

  @Test
  void theCasesFileNarrowsFurther() {
    Selection selection =
        new Selection(
            ALL,
            ALL,
            ALL,
            List.of("*__xmin"),
            List.of("mysql_to_kafka__xmin", "mysql_to_kafka__scd2"),
            Shard.WHOLE);
    assertThat(select(selection)).containsExactly("mysql_to_kafka__xmin");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "oracle | *  | * | Unknown source 'oracle'; allowed are postgres, mysql, kafka, or * for all.",
        "*  | mysql  | * | Unknown sink 'mysql'; allowed are postgres, kafka, or * for all.",
        "*  | *  | cdc | Unknown strategy 'cdc'; allowed are full_refresh, xmin, scd2, or * for all."
      })
  void anUnknownNameIsAnErrorThatListsTheAllowedOnes(
      String source, String sink, String strategy, String sentence) {
    assertThatThrownBy(() -> select(axes(source, sink, strategy)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(sentence);
  }

  @Test
  void anUnknownCaseIsAnErrorEvenBesideAKnownOne() {
    assertThatThrownBy(() -> select(cases("mysql_to_kafka__xmin", "mysql_to_kafka__cdc")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Unknown case 'mysql_to_kafka__cdc'; allowed are <source>_to_<sink>")
        .hasMessageContaining("source postgres, mysql, kafka; sink postgres, kafka; strategy");
  }

  @Test
  void selectingNothingIsAnErrorThatSaysWhatWasAskedFor() {
    Selection selection =
        new Selection(List.of("mysql"), ALL, ALL, List.of("kafka_to_*"), ALL, new Shard(2, 3));
    assertThatThrownBy(() -> select(selection))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "source=mysql, case=kafka_to_*, shard=2/3 leaves none of the 18 cases");
  }

  @Test
  void anEmptyCasesFileSelectsNothing() {
    assertThatThrownBy(() -> select(new Selection(ALL, ALL, ALL, ALL, List.of(), Shard.WHOLE)))
        .hasMessageContaining("cases-file=(empty) leaves none");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5, 18})
  void shardsAreDisjointAndTogetherTheWholeSelection(int count) {
    List<String> together = new ArrayList<>();
    for (int index = 1; index <= count; index++) {
      List<String> part = select(new Selection(ALL, ALL, ALL, ALL, ALL, new Shard(index, count)));
      assertThat(part).hasSizeBetween(18 / count, 18 / count + 1);
      together.addAll(part);
    }
    assertThat(together)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(select(Selection.all()));
  }

  @Test
  void aShardBeyondTheSelectionSelectsNothing() {
    assertThatThrownBy(() -> select(new Selection(ALL, ALL, ALL, ALL, ALL, new Shard(19, 19))))
        .hasMessageContaining("shard=19/19 leaves none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "0/4", "5/4", "a/b", "1/0", "-1/2", "1/4/2", "1 / 4"})
  void refusesABadShard(String text) {
    assertThatThrownBy(() -> Shard.of(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("allowed are i/n with i from 1 to n");
  }
}
