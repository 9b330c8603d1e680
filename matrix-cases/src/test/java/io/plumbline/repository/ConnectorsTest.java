package io.plumbline.repository;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whom the families, and what they share, know; within the core, its own tests look at that. */
class ConnectorsTest {
  private static final JavaClasses CONNECTORS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.plumbline.connector", "io.plumbline.containers");

  private static Stream<String> families() {
    return Stream.of("postgres", "mssql", "mysql", "clickhouse", "kafka", "api", "bigquery");
  }

  /** Every package of them, and what several share. */
  private static Stream<String> packages() {
    return Stream.concat(
        Stream.concat(families(), Stream.of("jdbc", "json", "debezium"))
            .map(name -> "io.plumbline.connector." + name),
        Stream.of("io.plumbline.containers"));
  }

  @Test
  void noPackageIsForgotten() {
    assertThat(CONNECTORS.stream().map(JavaClass::getPackageName))
        .allMatch(
            name ->
                name.equals("io.plumbline.connector.tck")
                    || packages().anyMatch(each -> (name + ".").startsWith(each + ".")));
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aConnectorKnowsNeitherWhoRunsItNorWhoJudgesIt(String name) {
    noClasses()
        .that()
        .resideInAPackage(name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.plumbline.matrix.mover..",
            "io.plumbline.matrix.oracle..",
            "io.plumbline.matrix.memory..",
            "io.plumbline.matrix.run..",
            "io.plumbline.matrix.engine..",
            "io.plumbline.matrix.defect..",
            "io.plumbline.matrix.artifact..",
            "io.plumbline.matrix.fidelity..",
            "io.plumbline.connector.tck..")
        .check(CONNECTORS);
  }

  @Test
  void noTwoPackagesKnowEachOther() {
    slices().matching("io.plumbline.connector.(*)..").should().beFreeOfCycles().check(CONNECTORS);
  }

  @ParameterizedTest
  @MethodSource("families")
  void noFamilyKnowsAnother(String family) {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.plumbline.connector." + family + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.plumbline.connector." + family + "..")
        .check(CONNECTORS);
  }

  /** A mistake that both made would cancel itself out. */
  @Test
  void whoeverLooksOrFillsSharesNothingWithWhoeverMoves() {
    noClasses()
        .that()
        .haveNameMatching(".*\\.(Inspected\\w*|\\w+Inspector|Fixture\\w*|\\w+Fixture)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "io\\.plumbline\\..*\\.(\\w+Reader|\\w+Extraction|\\w+Load|\\w+Writer|RowInserter|RowDecoder|RowEncoder|CarriedRows|Wire|WrittenCell)")
        .check(CONNECTORS);
  }
}
