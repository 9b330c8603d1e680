package io.plumbline.matrix.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.apiguardian.api.API;

/**
 * What a server that the run started wrote. When it does not come up, its own words are the only
 * explanation, and its files go with the run.
 *
 * @param file need not be there
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record ServerLog(Path file) {
  private static final int LINES = 10;

  /** Its last lines, in one. */
  public String lastWords() {
    try {
      List<String> lines =
          new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
      return lines.isEmpty()
          ? "it said nothing"
          : String.join(" | ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    } catch (NoSuchFileException e) {
      return "it said nothing";
    } catch (IOException e) {
      return "what it said cannot be read (%s)".formatted(e);
    }
  }
}
