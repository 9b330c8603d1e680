package io.plumbline.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code docs/ci-cd.md} lists every job of every workflow, and no other. */
class WorkflowsPageTest {
  private static final Repository REPOSITORY = Repository.here();

  /** Workflow, triggers, job and artifact, as a row of the page has them. */
  private static List<List<String>> ofTheFiles() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (Path file : REPOSITORY.files(".github", ".yml")) {
      JsonNode workflow = new YAMLMapper().readTree(file.toFile());
      List<String> triggers = new ArrayList<>();
      workflow.path("on").fieldNames().forEachRemaining(triggers::add);
      for (Map.Entry<String, JsonNode> job : workflow.path("jobs").properties()) {
        rows.add(
            List.of(
                "`" + file.getFileName() + "`",
                String.join(", ", triggers),
                "`" + job.getKey() + "`",
                artifact(job.getValue())));
      }
    }
    return rows;
  }

  private static String artifact(JsonNode job) {
    for (JsonNode step : job.path("steps")) {
      if (step.path("uses").asText().startsWith("actions/upload-artifact@")) {
        return "`" + step.at("/with/name").asText().replaceFirst("\\$\\{\\{.*", "…") + "`";
      }
    }
    return "none";
  }

  private static List<List<String>> ofThePage() throws IOException {
    return REPOSITORY
        .text("docs/ci-cd.md")
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
        .map(cells -> cells.subList(1, 5))
        .toList();
  }

  @Test
  void theInventoryIsThatOfTheFiles() throws IOException {
    assertThat(ofThePage()).containsExactlyInAnyOrderElementsOf(ofTheFiles()).isNotEmpty();
  }

  @Test
  void everyWorkflowIsInTheRunbook() throws IOException {
    String runbook = REPOSITORY.text("docs/runbook.md");
    for (Path file : REPOSITORY.files(".github", ".yml")) {
      assertThat(runbook).contains("`" + file.getFileName() + "`");
    }
  }

  /** What runs by a clock, or changes anything, can be stopped without a change of the file. */
  @Test
  void whatRunsByAClockOrChangesAnythingHasAKillSwitch() throws IOException {
    List<String> stopped = new ArrayList<>();
    for (Path file : REPOSITORY.files(".github", ".yml")) {
      JsonNode workflow = new YAMLMapper().readTree(file.toFile());
      for (Map.Entry<String, JsonNode> each : workflow.path("jobs").properties()) {
        JsonNode job = each.getValue();
        boolean first = workflow.path("on").has("schedule") && !job.has("needs");
        boolean changes = job.path("permissions").toString().contains("\"write\"");
        if (first || changes) {
          stopped.add(each.getKey());
          assertThat(job.at("/env/STOP").asText()).isEqualTo("${{ vars.PLUMBLINE_STOP }}");
          assertThat(job.at("/steps/0/run").asText()).isEqualTo("test -z \"$STOP\"");
        }
      }
    }
    assertThat(stopped)
        .containsExactlyInAnyOrder("analyze", "pair", "versions", "publish", "score");
  }
}
