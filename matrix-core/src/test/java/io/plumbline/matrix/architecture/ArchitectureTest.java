package io.plumbline.matrix.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TextForm;
import io.plumbline.matrix.connector.TypeMapping;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows of docs/architecture.md: who may know whom. */
class ArchitectureTest {
  private static final String ROOT = "io.plumbline.matrix";
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private static String[] packages(List<String> names) {
    return names.stream().map(name -> ROOT + "." + name + "..").toArray(String[]::new);
  }

  /** Every package and all it may know; a package that is not listed fails the test below. */
  @ParameterizedTest(name = "{0} knows {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "lab       | ''",
        "registry  | ''",
        "dataset   | registry",
        "connector | registry dataset",
        "oracle    | registry dataset connector",
        "mover     | registry dataset connector",
        "memory    | registry dataset connector",
        "fidelity  | registry dataset connector oracle memory",
        "run       | lab registry dataset connector oracle mover memory",
        "defect    | registry dataset connector oracle mover memory run",
        "artifact  | lab registry dataset connector oracle mover fidelity run",
        "engine    | registry dataset connector oracle mover run artifact",
        "cli       | lab registry dataset connector run artifact"
      })
  void aPackageKnowsOnlyThoseBelowIt(String name, String known) {
    List<String> allowed = new java.util.ArrayList<>(Arrays.stream(known.split(" ", -1)).toList());
    allowed.remove("");
    allowed.add(name);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + name + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(packages(allowed)))))
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @Test
  void everyPackageHasAPlaceInTheOrder() {
    Set<String> packages =
        MAIN.stream().map(c -> c.getPackageName()).collect(Collectors.toCollection(TreeSet::new));
    assertThat(packages)
        .isSubsetOf(
            List.of(
                ROOT + ".lab",
                ROOT + ".registry",
                ROOT + ".dataset",
                ROOT + ".connector",
                ROOT + ".oracle",
                ROOT + ".mover",
                ROOT + ".memory",
                ROOT + ".fidelity",
                ROOT + ".run",
                ROOT + ".defect",
                ROOT + ".artifact",
                ROOT + ".engine",
                ROOT + ".cli"))
        .contains(ROOT + ".oracle", ROOT + ".mover", ROOT + ".memory");
  }

  @Test
  void theOracleSeesOnlyDeclarationsOfAConnector() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".oracle..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + ".connector..")
                .and(
                    not(
                        belongToAnyOf(
                            Fidelity.class,
                            TypeMapping.class,
                            ColumnContract.class,
                            TextForm.class))))
        .check(MAIN);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void onlyTheEngineKnowsJunit() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".engine..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.junit..", "org.opentest4j.."))
        .check(MAIN);
  }

  @Test
  void onlyTheEngineAndTheCommandLinePrint() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".engine..", ROOT + ".cli..")
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .check(MAIN);
  }

  @Test
  void nobodySleeps() {
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(MAIN);
  }

  @Test
  void nothingStaticCanBeReassigned() {
    fields().that().areStatic().should().beFinal().check(MAIN);
  }

  @Test
  void classesAreNamedAfterWhatTheyAre() {
    noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)").check(MAIN);
  }
}
