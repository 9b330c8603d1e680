package io.plumbline.matrix.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.engine.Results;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Family;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class JunitXmlTest extends ArtifactsOfASmallRun {

  private static Document xml(Path file) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
  }

  private static List<Element> elements(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  @Test
  void theXmlHasOneTestcasePerCaseInRegistryOrder() throws Exception {
    Path directory = run("run", RunArtifactsTest::failing);
    List<String> testcases = new ArrayList<>();
    for (String suite : List.of("postgres", "mysql", "kafka")) {
      Document document = xml(directory.resolve("junit/TEST-suites." + suite + "Matrix.xml"));
      elements(document, "testcase").forEach(t -> testcases.add(t.getAttribute("name")));
    }
    assertThat(testcases)
        .containsExactlyElementsOf(MATRIX.cases().stream().map(c -> c.id().toString()).toList());
  }

  @Test
  void theXmlTellsOutcomesAndProperties() throws Exception {
    Path directory =
        run(
            "run",
            c ->
                switch (c.id().toString()) {
                  case CASE -> Results.of(c, Verdict.FAIL, "a \u0000 control & <mark>", null);
                  case "mysql_to_kafka__full_refresh" ->
                      Results.of(
                          c,
                          Verdict.UNKNOWN,
                          "mysql: died",
                          new SystemFailureException(new Family("mysql"), "died"));
                  case "mysql_to_postgres__scd2" ->
                      Results.of(c, Verdict.SKIPPED, "no engine", null);
                  default -> Results.good(c);
                });
    Document document = xml(directory.resolve("junit/TEST-suites.mysqlMatrix.xml"));
    Element suite = document.getDocumentElement();
    assertThat(suite.getAttribute("tests")).isEqualTo("6");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(suite.getAttribute("skipped")).isEqualTo("1");
    Element failure = elements(document, "failure").get(0);
    assertThat(failure.getAttribute("message")).isEqualTo("a \\u0000 control & <mark>");
    assertThat(failure.getTextContent()).contains("first difference: ").contains("rerun: mvn");
    assertThat(elements(document, "error").get(0).getAttribute("message")).isEqualTo("mysql: died");
    assertThat(elements(document, "skipped").get(0).getAttribute("message")).isEqualTo("no engine");
    Map<String, String> properties = new TreeMap<>();
    elements(document, "property").stream()
        .limit(4)
        .forEach(p -> properties.put(p.getAttribute("name"), p.getAttribute("value")));
    assertThat(properties)
        .containsEntry("verdict", "FAIL")
        .containsEntry("evidence", "contract")
        .containsEntry("seed", "20260603")
        .hasEntrySatisfying("rerun", r -> assertThat(r).startsWith("mvn verify "));
  }
}
