package io.plumbline.matrix.run;

import io.plumbline.matrix.oracle.Check;
import io.plumbline.matrix.oracle.CheckResult;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The guides that a registry promises, one per pair. A guide has a section {@code ## Strategies}
 * with a table whose rows begin with {@code | full_refresh | supported |} or {@code | xmin |
 * source_has_no_xmin |}, the code of the refusal. Each guide is read once. Thread-safe.
 */
final class Guides {
  private static final Pattern SECTION =
      Pattern.compile("^## Strategies$(.*?)(?=^## |\\z)", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern ROW =
      Pattern.compile("^\\| `?([a-z0-9_]+)`? +\\| `?([a-z0-9_]+)`? +\\|.*$", Pattern.MULTILINE);

  private final Matrix matrix;
  private final Path folder;
  private final Map<String, CheckResult> byPair = new ConcurrentHashMap<>();

  Guides(Matrix matrix, Path folder) {
    this.matrix = matrix;
    this.folder = folder;
  }

  /** The check of the guide of a case's pair. */
  CheckResult check(CaseId id) {
    return byPair.computeIfAbsent(id.pair(), pair -> compare(id));
  }

  private CheckResult compare(CaseId id) {
    List<String> registered =
        matrix.cases().stream()
            .filter(c -> c.id().pair().equals(id.pair()))
            .map(c -> c.id().strategy().id() + " " + support(c))
            .sorted()
            .toList();
    String file = "%s-to-%s.md".formatted(id.source(), id.sink());
    String text;
    try {
      text = Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return CheckResult.ofEqual(
          Check.GUIDE, file + " with " + registered, "no such guide in " + folder.getFileName());
    }
    List<String> written =
        SECTION
            .matcher(text)
            .results()
            .flatMap(section -> ROW.matcher(section.group(1)).results())
            .map(row -> row.group(1) + " " + row.group(2))
            .sorted()
            .toList();
    return CheckResult.ofEqual(
        Check.GUIDE, file + " with " + registered, file + " with " + written);
  }

  private static String support(MatrixCase matrixCase) {
    return matrixCase.support() instanceof MatrixCase.Rejected rejected
        ? rejected.code()
        : "supported";
  }
}
