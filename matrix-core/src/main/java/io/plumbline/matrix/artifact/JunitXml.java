package io.plumbline.matrix.artifact;

import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.RerunLine;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes {@code junit/TEST-*.xml}: one suite, one testcase per case, properties per case. */
final class JunitXml {
  private final XMLStreamWriter xml;
  private final RerunLine rerun;
  private final Redaction redaction;

  private JunitXml(XMLStreamWriter xml, RerunLine rerun, Redaction redaction) {
    this.xml = xml;
    this.rerun = rerun;
    this.redaction = redaction;
  }

  /**
   * A testcase.
   *
   * @param reported empty when the case was selected and never ended
   */
  record Testcase(CaseId id, Optional<Reported> reported) {
    private Outcome outcome() {
      return reported.map(r -> Outcome.of(r.result())).orElse(Outcome.ERROR);
    }
  }

  static String of(String suite, List<Testcase> testcases, RerunLine rerun, Redaction redaction) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      new JunitXml(xml, rerun, redaction).suite(suite, testcases);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a StringWriter does not fail", e);
    }
    return text.toString();
  }

  private void suite(String suite, List<Testcase> testcases) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuite");
    attribute("name", suite);
    attribute("tests", Integer.toString(testcases.size()));
    attribute("failures", count(testcases, Outcome.FAILURE));
    attribute("errors", count(testcases, Outcome.ERROR));
    attribute("skipped", count(testcases, Outcome.SKIPPED));
    attribute(
        "time",
        seconds(
            testcases.stream()
                .flatMap(t -> t.reported().stream())
                .map(Reported::wall)
                .reduce(Duration.ZERO, Duration::plus)));
    for (Testcase testcase : testcases) {
      xml.writeCharacters("\n  ");
      testcase(suite, testcase);
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private void testcase(String suite, Testcase testcase) throws XMLStreamException {
    xml.writeStartElement("testcase");
    attribute("name", testcase.id().toString());
    attribute("classname", suite);
    attribute("time", seconds(testcase.reported().map(Reported::wall).orElse(Duration.ZERO)));
    xml.writeStartElement("properties");
    property("verdict", testcase.reported().map(r -> r.result().verdict().name()).orElse("NONE"));
    property(
        "evidence",
        testcase
            .reported()
            .flatMap(r -> r.result().contract())
            .map(c -> c.level().id())
            .orElse("none"));
    property("seed", Long.toString(rerun.settings().volume().seed()));
    property("rerun", rerun.of(testcase.id()));
    xml.writeEndElement();
    switch (testcase.outcome()) {
      case SUCCESS -> {}
      case SKIPPED -> outcome("skipped", testcase);
      case FAILURE -> outcome("failure", testcase);
      case ERROR -> outcome("error", testcase);
    }
    xml.writeEndElement();
  }

  private void outcome(String element, Testcase testcase) throws XMLStreamException {
    CaseResult result = testcase.reported().map(Reported::result).orElse(null);
    xml.writeStartElement(element);
    attribute(
        "message", result == null ? "The case was selected and never ended." : result.reason());
    if (!element.equals("skipped")) {
      attribute("type", result == null ? "NONE" : result.verdict().name());
      xml.writeCharacters(
          clean(
              result == null
                  ? "rerun: " + rerun.of(testcase.id())
                  : FailureMessage.of(result, rerun)));
    }
    xml.writeEndElement();
  }

  private void property(String name, String value) throws XMLStreamException {
    xml.writeEmptyElement("property");
    attribute("name", name);
    attribute("value", value);
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, clean(value));
  }

  private static String count(List<Testcase> testcases, Outcome outcome) {
    return Long.toString(testcases.stream().filter(t -> t.outcome() == outcome).count());
  }

  private static String seconds(Duration wall) {
    return String.format(Locale.ROOT, "%.3f", wall.toNanos() / 1e9);
  }

  /** XML 1.0 has no way to write most control characters and lone surrogates. */
  private String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    redaction.apply(text).codePoints().forEach(c -> append(clean, c));
    return clean.toString();
  }

  private static void append(StringBuilder clean, int c) {
    boolean allowed =
        c >= 0x20
            ? c < 0xD800 || (c > 0xDFFF && c < 0xFFFE) || c > 0xFFFF
            : "\t\n\r".indexOf(c) >= 0;
    if (allowed) {
      clean.appendCodePoint(c);
    } else {
      clean.append(String.format(Locale.ROOT, "\\u%04x", c));
    }
  }
}
