package io.plumbline.matrix.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import io.plumbline.matrix.engine.suites.SmallMatrix;
import io.plumbline.matrix.engine.suites.families.KafkaSmallMatrix;
import io.plumbline.matrix.engine.suites.families.PostgresSmallMatrix;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.Filter;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.testkit.engine.EngineDiscoveryResults;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What selectors, filters and settings find. */
class EngineDiscoveryTest extends EngineOfASmallMatrix {

  @Test
  void supportsClassSelector() {
    EngineDiscoveryResults results = kit(selectClass(PostgresSmallMatrix.class)).discover();
    assertThat(issues(results)).isEmpty();
    assertThat(leaves(results))
        .containsExactly(
            "postgres_to_postgres__full_refresh",
            "postgres_to_postgres__xmin",
            "postgres_to_postgres__scd2",
            "postgres_to_kafka__full_refresh",
            "postgres_to_kafka__xmin",
            "postgres_to_kafka__scd2");
  }

  @Test
  void supportsPackageSelector() {
    assertThat(leaves(kit(selectPackage(SUITES + ".families")).discover()))
        .hasSize(18)
        .doesNotHaveDuplicates();
  }

  @Test
  void supportsClassNameFilters() {
    EngineDiscoveryResults results =
        kit(selectPackage(SUITES + ".families"))
            .filters((Filter<?>) ClassNameFilter.includeClassNamePatterns(".*Kafka.*"))
            .discover();
    assertThat(leaves(results)).hasSize(6).allMatch(id -> id.startsWith("kafka_to_"));
  }

  @Test
  void supportsClasspathRootSelector() {
    Path testClasses = Path.of("target", "test-classes").toAbsolutePath();
    EngineDiscoveryResults results =
        EngineTestKit.engine(engine())
            .selectors(selectClasspathRoots(Set.of(testClasses)).toArray(DiscoverySelector[]::new))
            .filters((Filter<?>) ClassNameFilter.includeClassNamePatterns(SUITES + "\\.families.*"))
            .discover();
    assertThat(leaves(results)).hasSize(18).doesNotHaveDuplicates();
  }

  @Test
  void supportsMethodSelectorWithACaseId() {
    DiscoverySelector selector = selectMethod(SmallMatrix.class.getName(), "mysql_to_kafka__scd2");
    assertThat(leaves(kit(selector).discover())).containsExactly("mysql_to_kafka__scd2");
  }

  @Test
  void everyUniqueIdResolvesToItself() {
    PlumblineEngine engine = engine();
    TestDescriptor all =
        EngineTestKit.engine(engine)
            .selectors(selectPackage(SUITES + ".families"))
            .discover()
            .getEngineDescriptor();
    List<UniqueId> ids = all.getDescendants().stream().map(TestDescriptor::getUniqueId).toList();
    assertThat(ids).hasSize(18 + 3);
    for (UniqueId id : ids) {
      TestDescriptor again =
          EngineTestKit.engine(engine)
              .selectors(selectUniqueId(id))
              .discover()
              .getEngineDescriptor();
      assertThat(again.findByUniqueId(id)).isPresent();
      assertThat(leaves(again)).hasSize(id.getLastSegment().getType().equals("case") ? 1 : 6);
    }
  }

  @Test
  void uniqueIdsHaveTheDocumentedForm() {
    TestDescriptor root = kit(selectClass(SmallMatrix.class)).discover().getEngineDescriptor();
    assertThat(leaves(root).get(0).getUniqueId())
        .hasToString(
            "[engine:plumbline]/[suite:"
                + SmallMatrix.class.getName()
                + "]/[case:postgres_to_postgres__full_refresh]");
  }

  @Test
  void aUniqueIdNamesItsCaseEvenWhenTheSettingsLeaveItOut() {
    properties.put("matrix.source", "kafka");
    UniqueId id =
        UniqueId.forEngine("plumbline")
            .append("suite", SmallMatrix.class.getName())
            .append("case", "mysql_to_kafka__scd2");
    assertThat(leaves(kit(selectUniqueId(id)).discover())).containsExactly("mysql_to_kafka__scd2");
  }

  @Test
  void aUniqueIdNamesItsCaseWhateverClassNamesAreSearchedFor() {
    UniqueId id =
        UniqueId.forEngine("plumbline")
            .append("suite", SmallMatrix.class.getName())
            .append("case", "mysql_to_kafka__scd2");
    EngineDiscoveryResults results =
        kit(selectUniqueId(id))
            .filters((Filter<?>) ClassNameFilter.includeClassNamePatterns(".*Tests?"))
            .discover();
    assertThat(leaves(results)).containsExactly("mysql_to_kafka__scd2");
  }

  @ParameterizedTest
  @CsvSource({
    "case:postgres_to_*__full_refresh, 2",
    "case:postgres_to_kafka__xmin, 1",
    "case:*, 18"
  })
  void supportsCaseSelectorByIdentifier(String identifier, int size) {
    EngineDiscoveryResults results =
        kit(DiscoverySelectors.parse(identifier).orElseThrow()).discover();
    assertThat(issues(results)).isEmpty();
    assertThat(leaves(results)).hasSize(size);
  }

  @Test
  void aCaseSelectorsIdentifierParsesToItself() {
    CaseSelector selector = CaseSelector.of("postgres_to_*");
    assertThat(DiscoverySelectors.parse(selector.toIdentifier().orElseThrow()).orElseThrow())
        .isEqualTo(selector);
  }

  @Test
  void ignoresClassesThatAreNoSuites() {
    EngineDiscoveryResults results = kit(selectClass(String.class)).discover();
    assertThat(results.getEngineDescriptor().getChildren()).isEmpty();
    assertThat(issues(results)).isEmpty();
  }

  @Test
  void settingsAreNotReadWhenThereIsNoSuite() {
    properties.put("matrix.rows", "nonsense");
    assertThat(issues(kit(selectClass(String.class)).discover())).isEmpty();
  }

  @Test
  void leavesCarryIdTagsAndSource() {
    TestDescriptor leaf =
        leaves(kit(selectClass(KafkaSmallMatrix.class)).discover().getEngineDescriptor()).get(0);
    assertThat(leaf.getDisplayName()).isEqualTo("kafka_to_postgres__full_refresh");
    assertThat(leaf.getLegacyReportingName()).isEqualTo("kafka_to_postgres__full_refresh");
    assertThat(leaf.getTags())
        .containsExactlyInAnyOrder(
            TestTag.create("source:kafka"),
            TestTag.create("sink:postgres"),
            TestTag.create("strategy:full_refresh"));
    assertThat(leaf.getSource())
        .contains(
            MethodSource.from(KafkaSmallMatrix.class.getName(), "kafka_to_postgres__full_refresh"));
  }

  @Test
  void casesOfVersionsAreFoundByPlainIdFullIdAndTag() {
    properties.put("matrix.run-mode", "real_local");
    properties.put("matrix.versions.postgres", "15,16");
    String suite = SmallMatrix.class.getName();
    EngineDiscoveryResults all = kit(selectMethod(suite, "kafka_to_postgres__scd2")).discover();
    assertThat(issues(all)).isEmpty();
    assertThat(leaves(all))
        .containsExactly(
            "kafka_to_postgres__scd2@postgres-15", "kafka_to_postgres__scd2@postgres-16");
    assertThat(leaves(all.getEngineDescriptor()).get(1).getTags())
        .contains(TestTag.create("version:postgres-16"));
    for (DiscoverySelector one :
        List.of(
            selectMethod(suite, "kafka_to_postgres__scd2@postgres-16"),
            selectUniqueId(leaves(all.getEngineDescriptor()).get(1).getUniqueId()))) {
      assertThat(leaves(kit(one).discover()))
          .containsExactly("kafka_to_postgres__scd2@postgres-16");
    }
  }

  @Test
  void suitesReportTheirQualifiedClassName() {
    TestDescriptor suite =
        kit(selectClass(KafkaSmallMatrix.class))
            .discover()
            .getEngineDescriptor()
            .getChildren()
            .iterator()
            .next();
    assertThat(suite.getLegacyReportingName()).isEqualTo(KafkaSmallMatrix.class.getName());
    assertThat(suite.getSource()).contains(ClassSource.from(KafkaSmallMatrix.class));
    assertThat(suite.isTest()).isFalse();
  }

  @Test
  void tagExpressionsWork() {
    EngineExecutionResults results =
        kit(selectClass(SmallMatrix.class))
            .filters(TagFilter.includeTags("source:postgres & sink:kafka"))
            .execute();
    results.testEvents().assertStatistics(s -> s.started(3).succeeded(3));
  }

  @Test
  void filteredCasesAndEmptySuitesArePruned() {
    properties.put("matrix.case", "kafka_to_kafka__xmin");
    TestDescriptor root = kit(selectPackage(SUITES + ".families")).discover().getEngineDescriptor();
    assertThat(root.getDescendants())
        .extracting(TestDescriptor::getDisplayName)
        .containsExactly("KafkaSmallMatrix", "kafka_to_kafka__xmin");
  }

  @Test
  void configurationParametersAreRead() {
    EngineDiscoveryResults results =
        kit(selectClass(SmallMatrix.class))
            .configurationParameter("matrix.strategy", "scd2")
            .discover();
    assertThat(leaves(results)).hasSize(6).allMatch(id -> id.endsWith("__scd2"));
  }

  @Test
  void discoveryStartsAndWritesNothing() {
    kit(selectClass(SmallMatrix.class)).discover();
    assertThat(run.created).hasValue(0);
    assertThat(artifacts()).doesNotExist();
    assertThat(output()).isEmpty();
  }
}
