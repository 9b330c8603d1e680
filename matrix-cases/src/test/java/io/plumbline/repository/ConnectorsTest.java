package io.plumbline.repository;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whom the families know; within the core, its own tests look at that. */
class ConnectorsTest {
  private static final JavaClasses CONNECTORS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.plumbline.connector");

  private static Stream<String> families() {
    return Stream.of("postgres", "mssql", "mysql", "clickhouse", "kafka", "api", "bigquery");
  }

  @ParameterizedTest
  @MethodSource("families")
  void aFamilyKnowsNeitherWhoRunsItNorWhoJudgesIt(String family) {
    noClasses()
        .that()
        .resideInAPackage("io.plumbline.connector." + family + "..")
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
