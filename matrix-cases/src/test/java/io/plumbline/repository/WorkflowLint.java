package io.plumbline.repository;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules that a workflow of this repository keeps: nothing unpinned runs, nothing untrusted gets
 * into a script, and nothing red looks green.
 */
final class WorkflowLint {
  private static final ObjectMapper YAML = new YAMLMapper();

  /** Repository, folder inside it, commit. */
  private static final Pattern PIN = Pattern.compile("([^/@]+/[^/@]+)(/[^@]+)?(@[0-9a-f]{40})");

  private static final Pattern UNTRUSTED_TRIGGER =
      Pattern.compile("pull_request_target|workflow_run");
  private static final Pattern ALSO_AFTER_FAILURE =
      Pattern.compile("always\\(\\)|!cancelled\\(\\)");

  /** Removes the containers that a run left, and only those of runs. */
  static final String TEARDOWN =
      "docker ps -aq --filter label=io.plumbline.owner | xargs -r docker rm -f -v";

  /** What a job may be given, and what one of its steps must do with it. */
  private static final Map<String, Pattern> GRANTS =
      Map.of(
          "contents: read", Pattern.compile("actions/checkout@"),
          "actions: read", Pattern.compile("gh run list "),
          "contents: write", Pattern.compile("gh release create "),
          "security-events: write",
              Pattern.compile("github/codeql-action/(analyze|upload-sarif)@"));

  /** What makes a script go on, or a build succeed, after something failed. */
  private static final Pattern SWALLOWED =
      Pattern.compile(
          "\\|\\||;\\s*(true\\b|:)|\\bexit 0\\b|(?<![&>])&(?![&>])|\\bset \\+|(\\btrue|(^|[\\s;]):)\\s*$|\\bif !|-Dmaven\\.test\\.failure\\.ignore|-DskipTests|-DskipITs|-Dmaven\\.test\\.skip|\\s(-fn|-fae|--fail-never|--fail-at-end)\\b",
          Pattern.MULTILINE);

  private final Map<String, String> releases;
  private final List<String> problems = new ArrayList<>();
  private final String yaml;

  /**
   * @param releases by {@code action@commit}, the release that the commit is
   * @param yaml the text of a workflow
   */
  private WorkflowLint(Map<String, String> releases, String yaml) {
    this.releases = releases;
    this.yaml = yaml;
  }

  /** What is wrong with a workflow, one sentence each; empty when nothing is. */
  static List<String> problems(Map<String, String> releases, String yaml)
      throws JsonProcessingException {
    WorkflowLint lint = new WorkflowLint(releases, yaml);
    lint.workflow(YAML.readTree(yaml));
    return lint.problems;
  }

  private void workflow(JsonNode workflow) {
    require(
        !UNTRUSTED_TRIGGER.matcher(workflow.path("on").toString()).find(),
        "on: a trigger that runs foreign code with this repository's rights");
    require(
        workflow.path("permissions").toString().equals("{\"contents\":\"read\"}"),
        "permissions: must be contents: read, and no more");
    require(workflow.path("concurrency").has("group"), "concurrency: there is no group");
    require(
        workflow.at("/defaults/run/shell").asText().equals("bash"),
        "defaults: run.shell must be bash, which stops a pipe at its first failure");
    require(!yaml.contains("secrets"), "secrets: none is needed, so none is passed");
    require(!yaml.contains("continue-on-error"), "continue-on-error: swallows a failure");
    JsonNode jobs = workflow.path("jobs");
    require(!jobs.isEmpty(), "jobs: there is none");
    jobs.properties().forEach(job -> job(job.getKey(), job.getValue()));
  }

  private void job(String name, JsonNode job) {
    require(job.path("timeout-minutes").isInt(), name + ": has no timeout-minutes");
    permissions(name, job);
    require(!job.has("uses"), name + ": calls a workflow of somebody else");
    if (job.has("needs")) {
      failsClosed(name, job);
    } else {
      require(!job.has("if"), name + ": an if on a job leaves it out without a trace");
    }
    require(!job.path("steps").isEmpty(), name + ": has no steps");
    job.path("steps").forEach(step -> step(name, step));
  }

  private void permissions(String name, JsonNode job) {
    JsonNode permissions = job.path("permissions");
    require(
        permissions.isMissingNode() || permissions.isObject(),
        name + ": permissions must be given one by one");
    for (Map.Entry<String, JsonNode> permission : permissions.properties()) {
      String grant = permission.getKey() + ": " + permission.getValue().asText();
      Pattern use = GRANTS.get(grant);
      boolean used = false;
      for (JsonNode step : job.path("steps")) {
        String what = step.path("uses").asText() + step.path("run").asText();
        used |= use != null && use.matcher(what).find();
      }
      require(used, "%s: is given %s, which no step needs".formatted(name, grant));
    }
  }

  /** GitHub counts a job that was skipped, because one that it needs failed, as a success. */
  private void failsClosed(String name, JsonNode job) {
    require(
        job.path("if").asText().equals("always()"),
        name + ": needs others, so if: always() must be");
    Set<String> needed = new LinkedHashSet<>();
    if (job.path("needs").isTextual()) {
      needed.add(job.path("needs").asText());
    }
    job.path("needs").forEach(n -> needed.add(n.asText()));
    for (String other : needed) {
      boolean tested = false;
      for (JsonNode step : job.path("steps")) {
        List<String> script = step.path("run").asText().lines().map(String::strip).toList();
        for (Map.Entry<String, JsonNode> variable : step.path("env").properties()) {
          tested |=
              variable.getValue().asText().equals("${{ needs.%s.result }}".formatted(other))
                  && script.contains("test \"$%s\" = success".formatted(variable.getKey()));
        }
      }
      require(tested, "%s: does not test that %s succeeded".formatted(name, other));
    }
  }

  private void step(String job, JsonNode step) {
    String run = step.path("run").asText();
    String uses = step.path("uses").asText();
    String where = job + ": step '" + step.path("name").asText(uses + run) + "'";
    require(!run.contains("${{"), where + " pastes an expression into a script; pass it by env");
    require(!SWALLOWED.matcher(run).find(), where + " swallows a failure");
    require(!step.has("shell"), where + " has a shell of its own");
    if (step.has("if")) {
      require(
          reports(uses, run) || run.equals(TEARDOWN),
          where + " is a gate with an if; only summaries, uploads and the teardown have one");
    }
    if (run.equals(TEARDOWN)) {
      require(
          step.path("if").asText().equals("${{ always() }}"),
          where + " must also run after the job was cancelled: if: ${{ always() }}");
    }
    if (step.has("uses")) {
      action(where, uses, step);
    }
  }

  /** A step that only shows what others found. */
  private static boolean reports(String uses, String run) {
    return uses.startsWith("actions/upload-artifact@")
        || (!run.isBlank()
            && run.lines().allMatch(l -> l.matches("cat \\S+ >> \"\\$GITHUB_STEP_SUMMARY\"")));
  }

  private void action(String where, String uses, JsonNode step) {
    Matcher pin = PIN.matcher(uses);
    if (!pin.matches()) {
      problems.add(where + " is not pinned by a commit of 40 digits");
      return;
    }
    String release = releases.get(pin.group(1) + pin.group(3));
    require(release != null, where + " uses a commit that is not in action-pins.txt");
    require(
        release == null || yaml.contains("uses: " + uses + " # " + release + "\n"),
        where + " must name its release behind the commit: # " + release);
    if (step.at("/with/version").isValueNode()) {
      require(
          ("v" + step.at("/with/version").asText()).equals(release),
          where + " asks for another version than that of its commit, " + release);
    }
    if (uses.startsWith("actions/checkout@")) {
      require(
          step.at("/with/persist-credentials").toString().equals("false"),
          where + " leaves the token behind; persist-credentials: false");
    }
    if (uses.startsWith("actions/upload-artifact@")) {
      require(
          ALSO_AFTER_FAILURE.matcher(step.path("if").asText()).find(),
          where + " must also run after a failure: if: ${{ !cancelled() }}");
      require(
          step.at("/with/if-no-files-found").asText().equals("error"),
          where + " may upload nothing; if-no-files-found: error");
    }
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }
}
