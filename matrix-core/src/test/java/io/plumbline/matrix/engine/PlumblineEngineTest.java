package io.plumbline.matrix.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;
import static org.junit.platform.testkit.engine.EventConditions.abortedWithReason;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.engine.suites.SmallMatrix;
import io.plumbline.matrix.engine.suites.families.KafkaSmallMatrix;
import io.plumbline.matrix.engine.suites.families.PostgresSmallMatrix;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Family;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.Filter;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.testkit.engine.EngineDiscoveryResults;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

@Timeout(60)
class PlumblineEngineTest {
  private static final String SUITES = "io.plumbline.matrix.engine.suites";

  @TempDir private Path folder = Path.of("");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private FakeRun run = new FakeRun(Results::good);

  private Path artifacts() {
    return folder.resolve("artifacts");
  }

  private PlumblineEngine engine() {
    Map<String, String> all = new HashMap<>(Map.of("matrix.artifact-dir", artifacts().toString()));
    all.putAll(properties);
    return new PlumblineEngine(
        new Surroundings(
            all, environment, new PrintStream(printed, true, StandardCharsets.UTF_8), run));
  }

  private EngineTestKit.Builder kit(DiscoverySelector... selectors) {
    return EngineTestKit.engine(engine()).selectors(selectors);
  }

  private static List<String> leaves(EngineDiscoveryResults results) {
    return leaves(results.getEngineDescriptor()).stream()
        .map(TestDescriptor::getDisplayName)
        .toList();
  }

  private static List<? extends TestDescriptor> leaves(TestDescriptor root) {
    return root.getDescendants().stream().filter(TestDescriptor::isTest).toList();
  }

  private static List<String> issues(EngineDiscoveryResults results) {
    assertThat(results.getDiscoveryIssues())
        .allSatisfy(i -> assertThat(i.severity()).isEqualTo(DiscoveryIssue.Severity.ERROR));
    return results.getDiscoveryIssues().stream().map(DiscoveryIssue::message).toList();
  }

  private String output() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  // --- discovery

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

  // --- discovery issues

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "matrix.run-mode | cloud | matrix.run-mode (system property): Unknown run mode 'cloud'; allowed are mock_contract, mock_local, real_local.",
        "matrix.source | oracle | Unknown source 'oracle'; allowed are postgres, mysql, kafka, or * for all.",
        "matrix.sink | oracle | Unknown sink 'oracle'; allowed are postgres, kafka, or * for all.",
        "matrix.strategy | cdc | Unknown strategy 'cdc'; allowed are full_refresh, xmin, scd2, or * for all.",
        "matrix.case | a_to_b__xmin | Unknown case 'a_to_b__xmin'; allowed are <source>_to_<sink>__<strategy> with source postgres, mysql, kafka; sink postgres, kafka; strategy full_refresh, xmin, scd2; and globs of these with * and ?.",
        "matrix.shard | 30/40 | The selection shard=30/40 leaves none of the 18 cases; allowed is any that leaves at least one.",
        "matrix.shard | 0/4 | matrix.shard (system property): Shard '0/4' does not exist; allowed are i/n with i from 1 to n, e.g. 2/4.",
        "matrix.rows | 0 | matrix.rows is '0' (system property); allowed are whole numbers from 1 to 1000000000.",
        "matrix.change-ratio | 2 | matrix.change-ratio is '2' (system property); allowed are decimal numbers from 0 to 1, e.g. 0.20.",
        "matrix.delete-ratio | 0.9 | delete-ratio 0.9 is greater than change-ratio 0.20; deleted rows are part of the changed rows, so it must be at most that."
      })
  void anInvalidSettingIsOneIssueWithTheSentence(String name, String value, String sentence) {
    properties.put(name, value);
    EngineDiscoveryResults results = kit(selectPackage(SUITES + ".families")).discover();
    assertThat(issues(results)).containsExactly(sentence);
    assertThat(leaves(results)).isEmpty();
  }

  @Test
  void anUnknownSettingIsAnIssue() {
    properties.put("matrix.sources", "postgres");
    assertThat(issues(kit(selectClass(SmallMatrix.class)).discover()))
        .singleElement()
        .asString()
        .startsWith("Unknown system property 'matrix.sources'; allowed are matrix.run-mode,");
  }

  @Test
  void aCaseThatNoRegistryHasIsAnIssue() {
    DiscoverySelector method = selectMethod(SmallMatrix.class.getName(), "nonsense");
    assertThat(issues(kit(method).discover()))
        .containsExactly(
            "No case of io/plumbline/matrix/engine/small.yaml matches 'nonsense'; allowed are ids like postgres_to_postgres__full_refresh and globs with * and ?.");
    assertThat(issues(kit(CaseSelector.of("nonsense")).discover())).hasSize(1);
  }

  @Test
  void aMissingRegistryIsAnIssue() {
    assertThat(issues(kit(selectClass(NoRegistry.class)).discover()))
        .singleElement()
        .asString()
        .startsWith("The registry 'nowhere.yaml' is not on the class path;");
  }

  @Test
  void aSuiteOfAnUnknownSourceIsAnIssue() {
    EngineDiscoveryResults results =
        kit(selectClass(OracleMatrix.class), selectClass(SmallMatrix.class)).discover();
    assertThat(issues(results))
        .containsExactly(
            "Suite "
                + OracleMatrix.class.getName()
                + " has the unknown source 'oracle'; allowed are postgres, mysql, kafka, or * for all.");
  }

  @Test
  void suitesOfTwoRegistriesAreAnIssue() {
    assertThat(
            issues(kit(selectClass(SmallMatrix.class), selectClass(WholeMatrix.class)).discover()))
        .singleElement()
        .asString()
        .contains("allowed is one registry per execution");
  }

  @Test
  void anArtifactDirectoryThatIsAFileIsAnIssue() throws IOException {
    Files.writeString(artifacts(), "not a directory");
    assertThat(issues(kit(selectClass(SmallMatrix.class)).discover()))
        .singleElement()
        .asString()
        .startsWith("The artifact directory '" + artifacts() + "' cannot be used: ");
  }

  @Test
  void anArtifactDirectoryWithForeignFilesIsAnIssueAndLeftAlone() throws IOException {
    Files.createDirectories(artifacts());
    Files.writeString(artifacts().resolve("thesis.txt"), "years of work");
    assertThat(issues(kit(selectClass(SmallMatrix.class)).discover()))
        .singleElement()
        .asString()
        .contains("it has files that no run of Plumbline left there");
    assertThat(artifacts().resolve("thesis.txt")).hasContent("years of work");
  }

  // --- outcomes

  private EngineExecutionResults runOne(FakeRun.Decision decision) {
    run = new FakeRun(decision);
    properties.put("matrix.case", "postgres_to_kafka__xmin");
    return kit(selectClass(SmallMatrix.class)).execute();
  }

  @Test
  void passAndRejectedAsDeclaredAreSuccesses() {
    kit(selectClass(SmallMatrix.class))
        .execute()
        .testEvents()
        .assertStatistics(s -> s.started(18).succeeded(18).failed(0).aborted(0).skipped(0));
    assertThat(output()).contains("11 PASS, 0 FAIL, 0 UNKNOWN, 7 REJECTED_AS_DECLARED, 0 SKIPPED");
  }

  @Test
  void failIsAnAssertionFailureWithDifferenceAndRerunLine() {
    properties.put("matrix.rows", "77");
    runOne(c -> Results.of(c, Verdict.FAIL, "row_count: expected 10, actual 9", null))
        .testEvents()
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                test("postgres_to_kafka__xmin"),
                finishedWithFailure(
                    instanceOf(AssertionFailedError.class),
                    message(
                        """
                        row_count: expected 10, actual 9
                        first difference: round change, key 7, column w001_smallint: expected 1, actual 2
                        rerun: mvn verify -Dmatrix.run-mode=mock_contract -Dmatrix.case=postgres_to_kafka__xmin -Dmatrix.seed=20260603 -Dmatrix.rows=77"""))));
  }

  @Test
  void unknownWithoutABrokenLabIsAnAssertionFailure() {
    runOne(c -> Results.of(c, Verdict.UNKNOWN, "content: nothing to look at", null))
        .testEvents()
        .assertThatEvents()
        .haveExactly(1, event(finishedWithFailure(instanceOf(AssertionFailedError.class))));
  }

  @Test
  void aFailingSystemIsAnErrorOfEachOfItsCasesByName() {
    run =
        new FakeRun(
            c ->
                c.id().source().id().equals("kafka")
                    ? Results.of(
                        c,
                        Verdict.UNKNOWN,
                        "kafka: did not start",
                        new SystemFailureException(new Family("kafka"), "did not start"))
                    : Results.good(c));
    EngineExecutionResults results = kit(selectClass(SmallMatrix.class)).execute();
    results.testEvents().assertStatistics(s -> s.started(18).succeeded(12).failed(6));
    results
        .testEvents()
        .failed()
        .assertThatEvents()
        .have(
            event(
                finishedWithFailure(
                    instanceOf(BrokenLabException.class),
                    message(m -> m.startsWith("kafka: did not start\nrerun: mvn verify ")))));
  }

  @Test
  void skippedIsAbortedWithItsReason() {
    EngineExecutionResults results =
        runOne(c -> Results.of(c, Verdict.SKIPPED, "documented contract only", null));
    results.testEvents().assertStatistics(s -> s.aborted(1).failed(0));
    results
        .testEvents()
        .aborted()
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                abortedWithReason(
                    instanceOf(TestAbortedException.class), message("documented contract only"))));
    assertThat(output())
        .contains("  SKIPPED 1 of 1 cases: documented contract only\n  artifacts: ");
  }

  @Test
  void aBugOfTheHarnessIsNeverGreen() {
    runOne(
            c -> {
              throw new IllegalArgumentException("bug");
            })
        .testEvents()
        .assertThatEvents()
        .haveExactly(
            1,
            event(finishedWithFailure(message(m -> m.contains("IllegalArgumentException: bug")))));
    assertThat(artifacts().resolve("failed.txt")).hasContent("postgres_to_kafka__xmin");
  }

  @Test
  void aCaseOverItsTimeLimitIsAnErrorAndItsThreadsAreKept() throws IOException {
    properties.put("matrix.timeout.case", "200ms");
    CountDownLatch never = new CountDownLatch(1);
    runOne(
            c -> {
              never.await();
              return Results.good(c);
            })
        .testEvents()
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                finishedWithFailure(
                    instanceOf(BrokenLabException.class),
                    message(
                        m ->
                            m.startsWith(
                                "postgres_to_kafka__xmin took longer than PT0.2S (matrix.timeout.case).")))));
    assertThat(Files.readString(artifacts().resolve("postgres_to_kafka__xmin/thread-dump.txt")))
        .contains("\"plumbline-case-postgres_to_kafka__xmin\" WAITING")
        .contains("CountDownLatch.await");
    assertThat(Files.readString(artifacts().resolve("artifact_index.json")))
        .contains("postgres_to_kafka__xmin/thread-dump.txt");
  }

  @Test
  void aTimedOutCaseIsInterruptedAndTheOthersGoOn() {
    properties.put("matrix.timeout.case", "200ms");
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    run =
        new FakeRun(
            c -> {
              if (c.id().toString().equals("mysql_to_kafka__scd2")) {
                try {
                  never.await();
                } catch (InterruptedException e) {
                  interrupted.countDown();
                  throw e;
                }
              }
              return Results.good(c);
            });
    kit(selectClass(SmallMatrix.class))
        .execute()
        .testEvents()
        .assertStatistics(s -> s.succeeded(17).failed(1));
    assertThat(interrupted.getCount()).isZero();
  }

  @Test
  void aRunThatCannotBeMadeFailsEveryCaseByName() {
    aRunThatCannotBeMade(new IllegalStateException("no connectors"));
  }

  @Test
  void aServiceThatCannotBeLoadedFailsEveryCaseByName() {
    aRunThatCannotBeMade(new ServiceConfigurationError("Provider a.Connector not found"));
  }

  private void aRunThatCannotBeMade(Throwable why) {
    Map<String, String> all = Map.of("matrix.artifact-dir", artifacts().toString());
    PlumblineEngine engine =
        new PlumblineEngine(
            new Surroundings(
                all,
                Map.of(),
                new PrintStream(printed, true, StandardCharsets.UTF_8),
                (settings, matrix, progress) -> {
                  if (why instanceof Error error) {
                    throw error;
                  }
                  throw (RuntimeException) why;
                }));
    EngineTestKit.engine(engine)
        .selectors(selectClass(SmallMatrix.class))
        .execute()
        .testEvents()
        .assertStatistics(s -> s.started(18).failed(18))
        .assertThatEvents()
        .haveExactly(18, event(finishedWithFailure(message(String.valueOf(why.getMessage())))));
  }

  @Test
  void aCaseInTwoSuitesIsAnError() {
    kit(selectClass(SmallMatrix.class), selectClass(KafkaSmallMatrix.class))
        .execute()
        .testEvents()
        .assertThatEvents()
        .haveExactly(
            6,
            event(
                finishedWithFailure(
                    instanceOf(BrokenLabException.class),
                    message(m -> m.endsWith("stands in more than one suite; allowed is one.")))));
  }

  // --- execution

  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void runsAsManyCasesAtOnceAsToldAndNeverMore(int parallelism) {
    properties.put("matrix.parallelism", Integer.toString(parallelism));
    // 18 is divisible by 1, 2 and 3, and so is each suite: a barrier that is never filled means
    // fewer threads than told.
    CyclicBarrier together = new CyclicBarrier(parallelism);
    run =
        new FakeRun(
            c -> {
              try {
                together.await(20, TimeUnit.SECONDS);
              } catch (java.util.concurrent.BrokenBarrierException
                  | java.util.concurrent.TimeoutException e) {
                throw new IllegalStateException(e);
              }
              return Results.good(c);
            });
    kit(selectPackage(SUITES + ".families"))
        .execute()
        .testEvents()
        .assertStatistics(s -> s.succeeded(18));
    assertThat(run.mostAtOnce).hasValue(parallelism);
  }

  @Test
  void everyCaseRunsOnceAndTheRunIsClosed() {
    kit(selectPackage(SUITES + ".families")).execute();
    assertThat(run.ran).hasSize(18).doesNotHaveDuplicates();
    assertThat(run.created).hasValue(1);
    assertThat(run.closed).hasValue(1);
  }

  @Test
  void aSecondRequestOfTheSessionSharesTheRunAndItsArtifacts() throws IOException {
    LauncherConfig config =
        LauncherConfig.builder()
            .enableTestEngineAutoRegistration(false)
            .addTestEngines(engine())
            .build();
    try (LauncherSession session = LauncherFactory.openSession(config)) {
      for (String caseId : List.of("mysql_to_kafka__scd2", "kafka_to_kafka__scd2")) {
        session
            .getLauncher()
            .execute(
                LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectMethod(SmallMatrix.class.getName(), caseId))
                    .build());
        assertThat(run.closed).hasValue(0);
      }
    }
    assertThat(run.created).hasValue(1);
    assertThat(run.closed).hasValue(1);
    assertThat(Files.readAllLines(artifacts().resolve("results.jsonl"))).hasSize(2);
    assertThat(Files.readString(artifacts().resolve("summary.json"))).contains("\"selected\" : 2,");
  }

  @Test
  void beginsWithWhatWasSetAndWhatDecidesTheRestAndWhereItCameFrom() {
    properties.put("matrix.source", "mysql");
    environment.put("MATRIX_ROWS", "500");
    environment.put("MATRIX_SOURCE", "postgres");
    kit(selectClass(SmallMatrix.class))
        .configurationParameter("matrix.sink", "kafka")
        .configurationParameter("matrix.rows", "1")
        .execute();
    assertThat(output())
        .startsWith(
            String.join(
                "\n",
                "Plumbline: 3 of 18 cases",
                line("matrix.run-mode", "mock_contract", "default"),
                line("matrix.source", "mysql", "system property"),
                line("matrix.sink", "kafka", "configuration parameter"),
                line("matrix.rows", "500", "environment variable"),
                line("matrix.seed", "20260603", "default"),
                line("matrix.artifact-dir", artifacts().toString(), "system property"),
                "["));
  }

  private String line(String name, String value, String origin) {
    return ("  %-21s  %-" + artifacts().toString().length() + "s  %s")
        .formatted(name, value, origin);
  }

  @Test
  void aSettingThatHoldsASecretIsShownAsStars() {
    environment.put("WAREHOUSE_PASSWORD", "canary-9f3c");
    properties.put("matrix.artifact-dir", folder.resolve("canary-9f3c").toString());
    kit(selectClass(SmallMatrix.class)).execute();
    assertThat(output())
        .containsPattern("matrix\\.artifact-dir +\\S+/\\*\\*\\* +system property\n")
        .doesNotContain("canary");
  }

  @Test
  void aRefusedValueThatIsASecretIsShownAsStars() {
    environment.put("WAREHOUSE_PASSWORD", "canary-9f3c");
    environment.put("MATRIX_ROWS", "canary-9f3c");
    assertThat(issues(kit(selectClass(SmallMatrix.class)).discover()))
        .containsExactly(
            "matrix.rows is '***' (environment variable); allowed are whole numbers from 1 to 1000000000.");
  }

  @Test
  void printsALinePerCaseThenTheSum() {
    properties.put("matrix.source", "mysql");
    kit(selectClass(SmallMatrix.class)).execute();
    assertThat(output())
        .containsPattern("\\[ 1/6\\] (PASS|REJECTED_AS_DECLARED) mysql_to_\\w+ \\d+\\.\\d\\d s\n")
        .containsPattern("\\[ 6/6\\] ")
        .contains("3 PASS, 0 FAIL, 0 UNKNOWN, 3 REJECTED_AS_DECLARED, 0 SKIPPED")
        .containsPattern("slowest:\n +\\d+\\.\\d\\d s +mysql_to_");
  }

  @Test
  void theEndRepeatsEachFailureWithDifferenceAndRerunLine() {
    runOne(c -> Results.of(c, Verdict.FAIL, "row_count: expected 10, actual 9", null));
    assertThat(output())
        .contains("[ 1/1] FAIL postgres_to_kafka__xmin ")
        .contains(
            """
            FAIL postgres_to_kafka__xmin: row_count: expected 10, actual 9
              first difference: round change, key 7, column w001_smallint: expected 1, actual 2
              rerun: mvn verify -Dmatrix.run-mode=mock_contract -Dmatrix.case=postgres_to_kafka__xmin""");
  }

  @Test
  void saysThatSurefiresFilterWasSeen() {
    properties.put("it.test", "SmallMatrix#mysql*");
    kit(selectClass(SmallMatrix.class)).execute();
    assertThat(output()).contains("-Dit.test or -Dtest=SmallMatrix#mysql* as well");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SmallMatrix#mysql_to_kafka__scd2 | mysql_to_kafka__scd2",
        "io.plumbline.**.SmallMatrix#mysql* | mysql*",
        "OtherTest, Small*#mysql_to_kafka__scd2 | mysql_to_kafka__scd2",
        "io/plumbline/matrix/SmallMatrix.java#xmin | xmin"
      })
  void aMethodFilterThatWouldRunEverythingIsAnIssue(String filter, String cases) {
    properties.put("test", filter);
    EngineDiscoveryResults results = kit(selectClass(SmallMatrix.class)).discover();
    assertThat(issues(results))
        .containsExactly(
            "-Dtest=%s names a method, and a case is none; use -Dmatrix.case=%s (an id or a glob) instead."
                .formatted(filter, cases));
    assertThat(leaves(results)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"SmallMatrix", "OtherTest#works", "'OtherTest#works, SmallMatrix'"})
  void aFilterThatNamesNoMethodOfASuiteIsNoIssue(String filter) {
    properties.put("test", filter);
    EngineDiscoveryResults results = kit(selectClass(SmallMatrix.class)).discover();
    assertThat(issues(results)).isEmpty();
    assertThat(leaves(results)).hasSize(18);
  }

  @Test
  void theManifestThatACaseLeftRunsItAgain() {
    properties.put("matrix.case", "postgres_to_kafka__xmin");
    properties.put("matrix.seed", "7");
    kit(selectClass(SmallMatrix.class)).execute();
    properties.clear();
    properties.put(
        "matrix.manifest", artifacts().resolve("postgres_to_kafka__xmin/manifest.yaml").toString());
    EngineExecutionResults results = kit(selectClass(SmallMatrix.class)).execute();
    results.testEvents().assertStatistics(s -> s.started(1).succeeded(1));
    assertThat(output()).containsPattern("matrix\\.seed +7 +manifest");
    assertThat(artifacts().resolve("postgres_to_kafka__xmin/manifest.yaml")).exists();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mysql_to_kafka__xmin | PASS | m.yaml: /expect/verdict is 'PASS'; allowed for mysql_to_kafka__xmin is 'REJECTED_AS_DECLARED'.",
        "oracle_to_kafka__xmin | PASS | Unknown case 'oracle_to_kafka__xmin'; allowed are"
      })
  void aManifestThatIsWrongIsAnIssueAndNoCaseRuns(String id, String verdict, String sentence)
      throws IOException {
    Files.writeString(
        folder.resolve("m.yaml"),
        "schema: plumbline.matrix.manifest/1\ncase: %s\nexpect: {verdict: %s}\n"
            .formatted(id, verdict));
    properties.put("user.dir", folder.toString());
    properties.put("matrix.manifest", "m.yaml");
    EngineDiscoveryResults results = kit(selectClass(SmallMatrix.class)).discover();
    assertThat(issues(results)).singleElement().asString().contains(sentence);
    assertThat(leaves(results)).isEmpty();
  }

  @Test
  void filesAreCopiedIntoTheOutputDirectoryWhenReportsWereAskedFor() throws IOException {
    properties.put("matrix.case", "postgres_to_kafka__xmin");
    Path output = folder.resolve("output");
    EngineExecutionResults results =
        kit(selectClass(SmallMatrix.class))
            .configurationParameter("junit.platform.reporting.open.xml.enabled", "true")
            .outputDirectoryCreator(
                new OutputDirectoryCreator() {
                  @Override
                  public Path getRootDirectory() {
                    return output;
                  }

                  @Override
                  public Path createOutputDirectory(TestDescriptor descriptor) throws IOException {
                    return Files.createDirectories(output.resolve(descriptor.getDisplayName()));
                  }
                })
            .execute();
    Path directory = output.resolve("postgres_to_kafka__xmin");
    assertThat(
            results.testEvents().fileEntryPublished().stream()
                .map(e -> e.getRequiredPayload(FileEntry.class).getPath()))
        .containsExactlyInAnyOrder(
            directory.resolve("manifest.yaml"),
            directory.resolve("case.json"),
            directory.resolve("behavior.json"),
            directory.resolve("timing.json"));
    assertThat(directory.resolve("behavior.json"))
        .hasSameTextualContentAs(artifacts().resolve("postgres_to_kafka__xmin/behavior.json"));
  }

  @Test
  void anOutputDirectoryThatCannotBeMadeIsAnErrorOfTheCase() {
    properties.put("matrix.case", "postgres_to_kafka__xmin");
    kit(selectClass(SmallMatrix.class))
        .configurationParameter("junit.platform.reporting.output.dir", "reports")
        .outputDirectoryCreator(
            new OutputDirectoryCreator() {
              @Override
              public Path getRootDirectory() {
                return Path.of("reports");
              }

              @Override
              public Path createOutputDirectory(TestDescriptor descriptor) throws IOException {
                throw new IOException("disk full");
              }
            })
        .execute()
        .testEvents()
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                finishedWithFailure(
                    instanceOf(BrokenLabException.class),
                    message(m -> m.contains("(java.io.IOException: disk full)")))));
  }

  @Test
  void publishesPhasesAndFiles() {
    EngineExecutionResults results = runOne(Results::good);
    assertThat(results.testEvents().reportingEntryPublished().stream())
        .hasSize(2)
        .first()
        .satisfies(
            e ->
                assertThat(
                        e.getRequiredPayload(org.junit.platform.engine.reporting.ReportEntry.class)
                            .getKeyValuePairs())
                    .containsEntry("round", "first")
                    .containsEntry("phase", "extract")
                    .containsEntry("rows", "10"));
    List<Path> files =
        results.testEvents().fileEntryPublished().stream()
            .map(e -> e.getRequiredPayload(FileEntry.class).getPath())
            .toList();
    assertThat(files).hasSize(4).allSatisfy(f -> assertThat(f).isRegularFile());
    assertThat(files).allSatisfy(f -> assertThat(f).startsWith(artifacts()));
  }

  @Test
  void leavesTheFilesOfTheRun() throws IOException {
    kit(selectClass(SmallMatrix.class)).execute();
    try (Stream<Path> files = Files.list(artifacts())) {
      assertThat(new ArrayList<>(files.map(f -> f.getFileName().toString()).toList()))
          .contains(
              "artifact_index.json",
              "failed.txt",
              "fidelity.json",
              "junit",
              "results.jsonl",
              "selected.txt",
              "summary.json",
              "summary.md")
          .hasSize(8 + 18);
    }
    assertThat(Files.readString(artifacts().resolve("failed.txt"))).isEmpty();
  }

  @MatrixSuite(registry = "nowhere.yaml")
  static final class NoRegistry {
    private NoRegistry() {}
  }

  @MatrixSuite(source = "oracle", registry = SmallMatrix.REGISTRY)
  static final class OracleMatrix {
    private OracleMatrix() {}
  }

  @Test
  void successesAreReportedByName() {
    runOne(Results::good)
        .testEvents()
        .assertThatEvents()
        .haveExactly(1, event(test("postgres_to_kafka__xmin"), finishedSuccessfully()));
  }
}
