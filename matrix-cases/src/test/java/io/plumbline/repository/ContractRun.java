package io.plumbline.repository;

import io.plumbline.matrix.run.Setting;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * {@code mvn verify -Pmatrix-mock-contract} with settings, run in this JVM: the same engine,
 * suites, connectors and settings, without the build around them.
 */
final class ContractRun {
  private static final Pattern COMMAND =
      Pattern.compile("mvn verify -Pmatrix-mock-contract((?: (?:-D\\S+|\"-D[^\"]+\"))*)");
  private static final Pattern DEFINITION = Pattern.compile("-D([\\w.-]+)=([^\"]+?)(?=\"| |$)");

  /** How a JVM is started, which this one is already. */
  private static final String JVM_OPTIONS = "plumbline.matrix.jvm";

  private final Map<String, String> settings;

  private ContractRun(Map<String, String> settings) {
    this.settings = settings;
  }

  /** What a run came to. */
  record Outcome(long found, long succeeded, String text) {
    boolean green() {
      return found > 0 && succeeded == found;
    }
  }

  /** The run of a command; empty when only a build can run it. */
  static Optional<ContractRun> of(String command) {
    Matcher matcher = COMMAND.matcher(command);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> settings = new HashMap<>();
    Matcher definitions = DEFINITION.matcher(matcher.group(1));
    while (definitions.find()) {
      settings.put(definitions.group(1), definitions.group(2));
    }
    settings.remove(JVM_OPTIONS);
    boolean onlySettings =
        settings.keySet().stream().allMatch(name -> name.startsWith("matrix."))
            && !settings.containsKey(Setting.CASES_FILE.property())
            && !settings.containsKey(Setting.MANIFEST.property());
    return onlySettings ? Optional.of(new ContractRun(settings)) : Optional.empty();
  }

  /** As above, of fewer rows: settings and cases are tried, not the machine. */
  ContractRun atMost(long rows) {
    Map<String, String> fewer = new HashMap<>(settings);
    String name = Setting.ROWS.property();
    long told = Long.parseLong(fewer.getOrDefault(name, Setting.ROWS.defaultText()));
    fewer.put(name, Long.toString(Math.min(told, rows)));
    return new ContractRun(fewer);
  }

  @SuppressWarnings("SystemOut") // the engine prints there
  Outcome run(Path artifacts) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream terminal = System.out;
    String folder = System.getProperty("user.dir");
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    // Relative paths begin where the user stands, which is not this module.
    System.setProperty("user.dir", Repository.here().root().toString());
    try {
      LauncherFactory.create()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(List.of(DiscoverySelectors.selectPackage("io.plumbline.matrix.cases")))
                  .filters(
                      EngineFilter.includeEngines("plumbline"),
                      ClassNameFilter.includeClassNamePatterns(".*Matrix"))
                  .configurationParameter(Setting.ARTIFACT_DIR.property(), artifacts.toString())
                  .configurationParameters(settings)
                  .build(),
              listener);
    } finally {
      System.setOut(terminal);
      System.setProperty("user.dir", folder);
    }
    TestExecutionSummary summary = listener.getSummary();
    try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      summary.printFailuresTo(new PrintWriter(out, true, StandardCharsets.UTF_8));
    }
    return new Outcome(
        summary.getTestsFoundCount(),
        summary.getTestsSucceededCount(),
        printed.toString(StandardCharsets.UTF_8));
  }
}
