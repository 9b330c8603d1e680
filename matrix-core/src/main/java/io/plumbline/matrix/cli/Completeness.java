package io.plumbline.matrix.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.plumbline.matrix.registry.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Whether a run told of every case it had to: what was selected, what was reported, the run's own
 * XML and the build tool's XML must name the same cases. Looked at from outside the engine, because
 * a container that fails is seen by no build tool.
 */
final class Completeness {
  private static final int SHOWN = 5;
  private static final String SELECTED = "selected.txt";

  private final Path artifacts;
  private final Instant buildBegan;

  Completeness(Path artifacts, Instant buildBegan) {
    this.artifacts = artifacts;
    this.buildBegan = buildBegan;
  }

  /**
   * Compares all four.
   *
   * @param expected the cases that the settings select
   * @param exact false when a filter of the build tool may have left cases out
   * @param reports the build tool's folder of {@code TEST-*.xml}
   * @return what is wrong, one sentence each; empty when nothing is
   */
  List<String> problems(Collection<String> expected, boolean exact, Path reports) {
    List<String> problems = new ArrayList<>();
    Set<String> selected = new LinkedHashSet<>(lines(SELECTED));
    Instant runBegan = runBegan().toInstant();
    if (runBegan.isBefore(buildBegan)) {
      return List.of(
          "Nothing ran: the run in '%s' began at %s, before this build did at %s; leave out what skips tests, e.g. -DskipITs."
              .formatted(artifacts, runBegan, buildBegan));
    }
    if (exact) {
      compare(problems, "the settings select", new LinkedHashSet<>(expected), "the run", selected);
    }
    if (selected.isEmpty()) {
      problems.add("The run selected no case.");
    }
    compare(problems, "the run selected", selected, "results.jsonl", reported());
    compare(
        problems, "the run selected", selected, "junit/", testcases(artifacts.resolve("junit")));
    compare(problems, "the run selected", selected, "the build's reports", testcases(reports));
    return problems;
  }

  private static void compare(
      List<String> problems, String what, Set<String> wanted, String where, Set<String> found) {
    Set<String> missing = new LinkedHashSet<>(wanted);
    missing.removeAll(found);
    Set<String> extra = new LinkedHashSet<>(found);
    extra.removeAll(wanted);
    if (!missing.isEmpty()) {
      problems.add(
          "%d of the %d cases that %s are not in %s: %s."
              .formatted(missing.size(), wanted.size(), what, where, some(missing)));
    }
    if (!extra.isEmpty()) {
      problems.add(
          "%d cases in %s are not among those that %s: %s."
              .formatted(extra.size(), where, what, some(extra)));
    }
  }

  private static String some(Set<String> ids) {
    String text = String.join(", ", ids.stream().limit(SHOWN).toList());
    return ids.size() > SHOWN ? text + ", …" : text;
  }

  private FileTime runBegan() {
    try {
      return Files.getLastModifiedTime(artifacts.resolve(SELECTED));
    } catch (IOException e) {
      throw new UncheckedIOException("The time of %s cannot be read.".formatted(SELECTED), e);
    }
  }

  private List<String> lines(String file) {
    try {
      return Files.readAllLines(artifacts.resolve(file));
    } catch (IOException e) {
      throw new InvalidInputException(
          "The run left no '%s' in '%s'; allowed is the artifact directory of a run that ended."
              .formatted(file, artifacts),
          e);
    }
  }

  private Set<String> reported() {
    JsonMapper mapper = new JsonMapper();
    Set<String> cases = new TreeSet<>();
    for (String line : lines("results.jsonl")) {
      try {
        cases.add(mapper.readTree(line).path("case").asText());
      } catch (IOException e) {
        throw new InvalidInputException(
            "A line of results.jsonl in '%s' is not JSON.".formatted(artifacts), e);
      }
    }
    return cases;
  }

  /** The testcases of reports that are not older than the run; build tools keep old ones. */
  private Set<String> testcases(Path folder) {
    Set<String> names = new TreeSet<>();
    if (!Files.isDirectory(folder)) {
      return names;
    }
    try (Stream<Path> files = Files.list(folder)) {
      FileTime begun = runBegan();
      for (Path file : files.filter(Completeness::isReport).toList()) {
        if (Files.getLastModifiedTime(file).compareTo(begun) < 0) {
          continue;
        }
        NodeList testcases =
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getElementsByTagName("testcase");
        for (int i = 0; i < testcases.getLength(); i++) {
          names.add(((Element) testcases.item(i)).getAttribute("name"));
        }
      }
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new InvalidInputException(
          "The reports in '%s' cannot be read (%s).".formatted(folder, e.getMessage()), e);
    }
    return names;
  }

  private static boolean isReport(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith("TEST-") && name.endsWith(".xml");
  }
}
