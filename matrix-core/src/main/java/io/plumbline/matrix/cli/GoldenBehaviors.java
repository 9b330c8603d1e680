package io.plumbline.matrix.cli;

import io.plumbline.matrix.registry.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The recorded behaviour of every case in mock_contract: one line each, the SHA-256 of its {@code
 * behavior.json} and its id. An idea of Cucumber's compatibility kit.
 */
final class GoldenBehaviors {
  private final Path file;

  GoldenBehaviors(Path file) {
    this.file = file;
  }

  /**
   * What differs between the record and a run, one sentence each.
   *
   * @param caseIds the cases of the run
   * @param whole true when the run had every case, so that a recorded case without a run is missing
   */
  List<String> differences(Path artifactDirectory, List<String> caseIds, boolean whole) {
    Map<String, String> recorded = read();
    List<String> differences = new ArrayList<>();
    for (String caseId : caseIds) {
      String golden = recorded.remove(caseId);
      if (golden == null) {
        differences.add("%s is not recorded.".formatted(caseId));
      } else if (!golden.equals(digest(artifactDirectory, caseId))) {
        differences.add("%s behaves otherwise than recorded.".formatted(caseId));
      }
    }
    if (whole) {
      recorded.keySet().forEach(id -> differences.add("%s is recorded but gone.".formatted(id)));
    }
    return differences;
  }

  /** Records a run. */
  void record(Path artifactDirectory, List<String> caseIds) {
    String lines =
        caseIds.stream()
            .map(caseId -> digest(artifactDirectory, caseId) + "  " + caseId + "\n")
            .collect(Collectors.joining());
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException("Record %s cannot be written.".formatted(file), e);
    }
  }

  private Map<String, String> read() {
    Map<String, String> recorded = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        String[] parts = line.split(" {2}", 2);
        if (parts.length != 2) {
          throw new InvalidInputException(
              "Record %s has the line '%s'; allowed is a SHA-256, two blanks and a case id."
                  .formatted(file, line));
        }
        recorded.put(parts[1], parts[0]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Record %s cannot be read.".formatted(file), e);
    }
    return recorded;
  }

  private static String digest(Path artifactDirectory, String caseId) {
    Path behavior = artifactDirectory.resolve(caseId).resolve("behavior.json");
    try {
      return DigestUtils.sha256Hex(Files.readAllBytes(behavior));
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read.".formatted(behavior), e);
    }
  }
}
