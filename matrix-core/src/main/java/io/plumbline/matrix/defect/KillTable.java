package io.plumbline.matrix.defect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.plumbline.matrix.dataset.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * Which defects were caught, and by what.
 *
 * @param volume the volume of every case, with its seed
 * @param defects a line per defect
 * @param notSound cases that do not pass without any defect, with the reason: a kill in one of them
 *     means nothing
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record KillTable(Volume volume, List<Line> defects, Map<String, String> notSound) {

  /** Keeps unmodifiable copies. */
  public KillTable {
    defects = List.copyOf(defects);
    notSound = Collections.unmodifiableMap(new TreeMap<>(notSound));
  }

  /**
   * What became of one defect.
   *
   * @param check the check that must kill it
   * @param cases cases in which it was planted
   * @param killed those in which its own check failed
   * @param survived the others
   * @param killedByOther of the others those in which another check failed, with these checks
   */
  public record Line(
      String id,
      String description,
      String check,
      int cases,
      int killed,
      List<String> survived,
      @JsonProperty("killed_by_other") @JsonInclude(JsonInclude.Include.NON_EMPTY)
          Map<String, List<String>> killedByOther) {
    /** Keeps unmodifiable copies. */
    public Line {
      survived = List.copyOf(survived);
      killedByOther = Collections.unmodifiableMap(new TreeMap<>(killedByOther));
    }

    /** True when it was planted, and killed by its own check wherever it was. */
    public boolean dead() {
      return cases > 0 && survived.isEmpty();
    }
  }

  /** The file's only member: everything else is in the Markdown. */
  private record Document(List<Line> defects) {}

  /** Everything that must turn the build red; empty when every defect is dead. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (defects.isEmpty()) {
      problems.add("No defect was run.");
    }
    notSound.forEach(
        (id, reason) ->
            problems.add("%s does not pass without any defect: %s".formatted(id, reason)));
    for (Line line : defects) {
      if (line.cases() == 0) {
        problems.add("Defect %s was planted in no case.".formatted(line.id()));
      }
      for (String id : line.survived()) {
        List<String> others = line.killedByOther().get(id);
        problems.add(
            others == null
                ? "Defect %s survived in %s; no check failed, %s should have."
                    .formatted(line.id(), id, line.check())
                : "Defect %s survived its check %s in %s; only %s failed."
                    .formatted(line.id(), line.check(), id, others));
      }
    }
    return problems;
  }

  /** Cases over all defects. */
  public int cases() {
    return defects.stream().mapToInt(Line::cases).sum();
  }

  /** Kills over all defects. */
  public int killed() {
    return defects.stream().mapToInt(Line::killed).sum();
  }

  /** One line for the console. */
  public String totals() {
    return "Seeded defects: %d, dead: %d; planted %d times, killed by their own check %d times (%d rows, seed %d)."
        .formatted(
            defects.size(),
            defects.stream().filter(Line::dead).count(),
            cases(),
            killed(),
            volume.rows(),
            volume.seed());
  }

  /** The content of {@code defects.json}. */
  public String toJson() {
    try {
      return new ObjectMapper()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .writeValueAsString(new Document(defects))
          + "\n";
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The content of {@code defects.md}. */
  public String toMarkdown() {
    StringBuilder text = new StringBuilder("# Seeded defects\n\n").append(totals()).append("\n\n");
    text.append("| defect | what goes wrong | check | cases | killed | survived |\n");
    text.append("|---|---|---|---:|---:|---:|\n");
    for (Line line : defects) {
      text.append(
          "| %s | %s | %s | %d | %d | %d |\n"
              .formatted(
                  line.id(),
                  line.description(),
                  line.check(),
                  line.cases(),
                  line.killed(),
                  line.survived().size()));
    }
    List<String> problems = problems();
    if (!problems.isEmpty()) {
      text.append("\n## Problems\n\n");
      problems.forEach(problem -> text.append("- ").append(problem).append('\n'));
    }
    return text.toString();
  }

  /** Writes {@code defects.json} and {@code defects.md}. */
  public void write(Path directory) {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("defects.json"), toJson());
      Files.writeString(directory.resolve("defects.md"), toMarkdown());
    } catch (IOException e) {
      throw new UncheckedIOException("The kill table cannot be written to " + directory, e);
    }
  }
}
