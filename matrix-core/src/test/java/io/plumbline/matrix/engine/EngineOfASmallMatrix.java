package io.plumbline.matrix.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.plumbline.matrix.engine.suites.SmallMatrix;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.testkit.engine.EngineDiscoveryResults;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/**
 * An engine of the test's own, whose run only notes what it is asked for. Tests are in threads of
 * their own, because who waits for a place cannot be interrupted.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class EngineOfASmallMatrix {
  static final String SUITES = "io.plumbline.matrix.engine.suites";

  @TempDir Path folder = Path.of("");

  final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  final Map<String, String> properties = new HashMap<>();
  final Map<String, String> environment = new HashMap<>();
  FakeRun run = new FakeRun(Results::good);

  final Path artifacts() {
    return folder.resolve("artifacts");
  }

  final PlumblineEngine engine() {
    Map<String, String> all = new HashMap<>(Map.of("matrix.artifact-dir", artifacts().toString()));
    all.putAll(properties);
    return new PlumblineEngine(
        new Surroundings(
            all, environment, new PrintStream(printed, true, StandardCharsets.UTF_8), run));
  }

  final EngineTestKit.Builder kit(DiscoverySelector... selectors) {
    return EngineTestKit.engine(engine()).selectors(selectors);
  }

  static List<String> leaves(EngineDiscoveryResults results) {
    return leaves(results.getEngineDescriptor()).stream()
        .map(TestDescriptor::getDisplayName)
        .toList();
  }

  static List<? extends TestDescriptor> leaves(TestDescriptor root) {
    return root.getDescendants().stream().filter(TestDescriptor::isTest).toList();
  }

  static List<String> issues(EngineDiscoveryResults results) {
    assertThat(results.getDiscoveryIssues())
        .allSatisfy(i -> assertThat(i.severity()).isEqualTo(DiscoveryIssue.Severity.ERROR));
    return results.getDiscoveryIssues().stream().map(DiscoveryIssue::message).toList();
  }

  /** A case that ended as an error of the lab, with such a message. */
  static Condition<Event> brokenLab(Predicate<String> said) {
    return event(finishedWithFailure(instanceOf(BrokenLabException.class), message(said)));
  }

  final String output() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  final EngineExecutionResults runOne(FakeRun.Decision decision) {
    run = new FakeRun(decision);
    properties.put("matrix.case", "postgres_to_kafka__xmin");
    return kit(selectClass(SmallMatrix.class)).execute();
  }
}
