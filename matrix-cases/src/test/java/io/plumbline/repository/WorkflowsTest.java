package io.plumbline.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.run.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowsTest {
  private static final String CHECKOUT =
      "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1";
  private static final String GOOD =
      """
      name: good
      on: [push]
      permissions:
        contents: read
      concurrency:
        group: good
      defaults:
        run:
          shell: bash
      jobs:
        build:
          runs-on: ubuntu-24.04
          timeout-minutes: 5
          steps:
            - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
              with:
                persist-credentials: false
            - run: mvn verify
            - name: summary
              if: ${{ !cancelled() }}
              run: cat summary.md >> "$GITHUB_STEP_SUMMARY"
            - name: upload
              if: ${{ !cancelled() }}
              uses: actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0
              with:
                path: target
                if-no-files-found: error
        passed:
          needs: build
          if: always()
          runs-on: ubuntu-24.04
          timeout-minutes: 5
          steps:
            - env:
                BUILD: ${{ needs.build.result }}
              run: |
                test "$BUILD" = success
        publish:
          runs-on: ubuntu-24.04
          timeout-minutes: 5
          permissions:
            contents: write
            security-events: write
          steps:
            - run: gh release create "$GITHUB_REF_NAME"
            - uses: github/codeql-action/upload-sarif@8aad20d150bbac5944a9f9d289da16a4b0d87c1e # v4.36.2
            - uses: trufflesecurity/trufflehog@bcfcf73aaf4759d4dadc2783177c245a02792318 # v3.97.0
              with:
                version: 3.97.0
      """;

  private static final Repository REPOSITORY = Repository.here();

  @Test
  void theWorkflowsKeepTheRules() throws IOException {
    List<Path> workflows = REPOSITORY.files(".github", ".yml");
    assertThat(workflows)
        .extracting(w -> w.getFileName().toString())
        .containsExactlyInAnyOrder(
            "ci.yml",
            "codeql.yml",
            "docs.yml",
            "integration-matrix.yml",
            "live-certification.yml",
            "release.yml",
            "scorecard.yml",
            "secret-scan.yml");
    assertThat(REPOSITORY.files(".github", ".yaml")).isEmpty();
    for (Path workflow : workflows) {
      assertThat(WorkflowLint.problems(releases(), Files.readString(workflow)))
          .as(workflow.toString())
          .isEmpty();
    }
  }

  @Test
  void theExampleThatTheRulesAreTriedOnKeepsThem() throws IOException {
    assertThat(WorkflowLint.problems(releases(), GOOD)).isEmpty();
  }

  /** One edit of the good example each: what is replaced, by what, and the problem it makes. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1 => @v7 => is not pinned by a commit",
        "@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1 => @main => is not pinned by a commit",
        "@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1 => @3d3c42e => is not pinned by a commit",
        "@3d3c42e5aac5ba805825da76410c181273ba90b1 => @0000000000000000000000000000000000000000 => not in action-pins.txt",
        "actions/checkout@ => somebody/checkout@ => not in action-pins.txt",
        "# v7.0.1 => # v9.9.9 => must name its release behind the commit: # v7.0.1",
        "persist-credentials: false => persist-credentials: true => leaves the token behind",
        "persist-credentials: false => fetch-depth: 1 => leaves the token behind",
        "contents: read => contents: write => must be contents: read, and no more",
        "contents: read => `contents: read\n  packages: read` => must be contents: read, and no more",
        "`permissions:\n  contents: read` => permissions: write-all => must be contents: read, and no more",
        "`permissions:\n  contents: read\n` => `` => must be contents: read, and no more",
        "`timeout-minutes: 5\n    steps:\n      - uses` => `permissions: {contents: write}\n    timeout-minutes: 5\n    steps:\n      - uses` => is given contents: write, which no step needs",
        "`timeout-minutes: 5\n    steps:\n      - uses` => `permissions: write-all\n    timeout-minutes: 5\n    steps:\n      - uses` => permissions must be given one by one",
        "gh release create => gh release view => is given contents: write, which no step needs",
        "upload-sarif => init => is given security-events: write, which no step needs",
        "security-events: write => packages: write => is given packages: write, which no step needs",
        "upload-sarif@8aad20d150bbac5944a9f9d289da16a4b0d87c1e => upload-sarif@v4 => is not pinned by a commit",
        "version: 3.97.0 => version: latest => asks for another version than that of its commit, v3.97.0",
        "timeout-minutes: 5 => name: endless => has no timeout-minutes",
        "`concurrency:\n  group: good\n` => `` => there is no group",
        "shell: bash => shell: sh => run.shell must be bash",
        "run: mvn verify => `run: mvn verify\n        shell: sh` => has a shell of its own",
        "run: mvn verify => run: mvn verify -Dcase=${{ inputs.case }} => pastes an expression into a script",
        "run: mvn verify => run: echo ${{ github.event.pull_request.title }} => pastes an expression into a script",
        "run: mvn verify => run: mvn verify || true => swallows a failure",
        "run: mvn verify => run: mvn verify || echo red => swallows a failure",
        "run: mvn verify => run: mvn verify; true => swallows a failure",
        "run: mvn verify => `run: |\n          mvn verify\n          true` => swallows a failure",
        "run: mvn verify => `run: |\n          set +e\n          mvn verify` => swallows a failure",
        "run: mvn verify => `run: |\n          mvn verify; :` => swallows a failure",
        "run: mvn verify => `run: |\n          mvn verify ; : because` => swallows a failure",
        "run: mvn verify => `run: |\n          mvn verify\n          :` => swallows a failure",
        "run: mvn verify => run: mvn verify; exit 0 => swallows a failure",
        "run: mvn verify => `run: |\n          trap 'exit 0' EXIT\n          mvn verify` => swallows a failure",
        "run: mvn verify => `run: |\n          mvn verify &\n          wait` => swallows a failure",
        "run: mvn verify => run: mvn verify & echo started => swallows a failure",
        "run: mvn verify => run: if ! mvn verify; then echo red; fi => swallows a failure",
        "run: mvn verify => run: mvn verify -Dmaven.test.failure.ignore => swallows a failure",
        "run: mvn verify => run: mvn verify -DskipTests => swallows a failure",
        "run: mvn verify => run: mvn verify -fn => swallows a failure",
        "run: mvn verify => `run: mvn verify\n        continue-on-error: true` => continue-on-error: swallows a failure",
        "run: mvn verify => `run: mvn verify\n        if: always()` => is a gate with an if",
        "run: mvn verify => `run: mvn verify\n        if: github.actor == 'me'` => is a gate with an if",
        "run: cat summary.md >> \"$GITHUB_STEP_SUMMARY\" => run: mvn verify => is a gate with an if",
        "run: cat summary.md >> \"$GITHUB_STEP_SUMMARY\" => run: docker ps -aq --filter label=io.plumbline.owner | xargs -r docker rm -f -v => must also run after the job was cancelled",
        "run: cat summary.md >> \"$GITHUB_STEP_SUMMARY\" => run: docker ps -aq | xargs -r docker rm -f -v => is a gate with an if",
        "`- name: upload\n        if: ${{ !cancelled() }}` => - name: upload => must also run after a failure",
        "`if: ${{ !cancelled() }}\n        uses` => `if: success()\n        uses` => must also run after a failure",
        "if-no-files-found: error => if-no-files-found: warn => may upload nothing",
        "run: mvn verify => `run: mvn verify\n        env: {TOKEN: '${{ secrets.TOKEN }}'}` => secrets: none is needed",
        "on: [push] => on: [pull_request_target] => foreign code with this repository's rights",
        "`on: [push]` => `on: {workflow_run: {workflows: [x]}}` => foreign code with this repository's rights",
        "`    if: always()\n` => `` => needs others, so if: always() must be",
        "if: always() => if: success() => needs others, so if: always() must be",
        "test \"$BUILD\" = success => test \"$BUILD\" != failure => does not test that build succeeded",
        "BUILD: ${{ needs.build.result }} => BUILD: success => does not test that build succeeded",
        "`needs: build` => `needs: [build, docs]` => does not test that docs succeeded",
        "`  build:\n    runs-on` => `  build:\n    if: github.actor == 'me'\n    runs-on` => leaves it out without a trace",
        "`  build:\n` => `  build:\n    uses: somebody/workflows/x.yml@main\n` => calls a workflow of somebody else",
      })
  void eachRuleTurnsRed(String good, String bad, String problem) throws IOException {
    String pattern = good.replace("\\n", "\n");
    assertThat(GOOD).as("the example has the text that is replaced").contains(pattern);
    String workflow = GOOD.replaceFirst(Pattern.quote(pattern), quoted(bad));
    assertThat(WorkflowLint.problems(releases(), workflow))
        .anySatisfy(p -> assertThat(p).contains(problem));
  }

  private static String quoted(String text) {
    return Matcher.quoteReplacement(text.replace("\\n", "\n"));
  }

  @Test
  void pullRequestsRunTheMatrixAndTheTestsOnBothJdks() throws IOException {
    JsonNode ci = new YAMLMapper().readTree(REPOSITORY.text(".github/workflows/ci.yml"));
    assertThat(ci.path("on").has("pull_request")).isTrue();
    assertThat(ci.at("/on/push/branches")).hasToString("[\"main\"]");
    JsonNode verify = ci.at("/jobs/verify");
    assertThat(verify.at("/strategy/matrix/jdk")).hasToString("[17,25]");
    List<String> scripts = new ArrayList<>();
    verify.path("steps").forEach(s -> scripts.add(s.path("run").asText()));
    assertThat(scripts)
        .contains("mvn -B -ntp verify -Pmatrix-mock-contract", "mvn -B -ntp verify")
        .anyMatch(s -> s.contains("mock_contract/summary.md"));
    List<String> needed = new ArrayList<>();
    ci.at("/jobs/passed/needs").forEach(n -> needed.add(n.asText()));
    List<String> others = new ArrayList<>();
    ci.path("jobs").fieldNames().forEachRemaining(others::add);
    others.remove("passed");
    assertThat(needed).isEqualTo(others);
  }

  @Test
  void everyInputOfTheDispatchIsAVariableWhoseDefaultTheRunTakes() throws IOException {
    JsonNode dispatch =
        new YAMLMapper().readTree(REPOSITORY.text(".github/workflows/integration-matrix.yml"));
    JsonNode inputs = dispatch.at("/on/workflow_dispatch/inputs");
    JsonNode variables = dispatch.at("/jobs/shard/env");
    Map<String, String> environment = new HashMap<>();
    String shards = inputs.at("/shards/default").asText();
    assertThat(variables.path("MATRIX_SHARD").asText())
        .isEqualTo("${{ matrix.shard }}/${{ inputs.shards }}");
    environment.put("MATRIX_SHARD", "1/" + shards);
    inputs.properties().stream()
        .filter(input -> !List.of("shards", "versions").contains(input.getKey()))
        .forEach(
            input -> {
              String variable = "MATRIX_" + input.getKey().toUpperCase(Locale.ROOT);
              assertThat(variables.path(variable).asText())
                  .isEqualTo("${{ inputs.%s }}".formatted(input.getKey()));
              environment.put(variable, input.getValue().path("default").asText());
            });
    assertThat(environment)
        .containsOnlyKeys(
            "MATRIX_RUN_MODE",
            "MATRIX_SOURCE",
            "MATRIX_SINK",
            "MATRIX_STRATEGY",
            "MATRIX_CASE",
            "MATRIX_ROWS",
            "MATRIX_SHARD");
    // Of which family versions are, is part of the value.
    assertThat(variables.path("VERSIONS").asText()).isEqualTo("${{ inputs.versions }}");
    assertThat(inputs.at("/versions/default").asText("something")).isEmpty();
    assertThat(variables).hasSize(environment.size() + 1);
    Settings told = new Settings(Map.of(), environment, Map.of());
    Settings untold = new Settings(Map.of(), Map.of(), Map.of());
    assertThat(told.runSettings()).isEqualTo(untold.runSettings());
    assertThat(told.selection()).isEqualTo(untold.selection());
    List<String> modes = new ArrayList<>();
    inputs.at("/run_mode/options").forEach(o -> modes.add(o.asText()));
    assertThat(modes).isEqualTo(Arrays.stream(RunMode.values()).map(RunMode::id).toList());
  }

  /** However many are chosen: as many jobs, and what they leave is merged with the same filters. */
  @Test
  void everyShardIsAJobAndIsMerged() throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    JsonNode dispatch = yaml.readTree(REPOSITORY.text(".github/workflows/integration-matrix.yml"));
    Matcher lists =
        Pattern.compile("\\$\\{\\{ fromJSON\\('(.*)'\\)\\[inputs\\.shards] }}")
            .matcher(dispatch.at("/jobs/shard/strategy/matrix/shard").asText());
    assertThat(lists.matches()).isTrue();
    Map<String, List<Integer>> shards = new HashMap<>();
    for (JsonNode option : dispatch.at("/on/workflow_dispatch/inputs/shards/options")) {
      shards.put(option.asText(), IntStream.rangeClosed(1, option.asInt()).boxed().toList());
    }
    assertThat(yaml.readTree(lists.group(1))).isEqualTo(yaml.valueToTree(shards)).isNotEmpty();
    JsonNode merge = dispatch.at("/jobs/merge");
    assertThat(merge.findValuesAsText("run"))
        .anySatisfy(
            script ->
                assertThat(script)
                    .contains(
                        "-Pmatrix-merge",
                        "\"-Dmerge.args=--output merged${VERSIONS:+ --versions $VERSIONS} ${shards[*]}\""));
    assertThat(dispatch.at("/jobs/shard").findValuesAsText("run"))
        .singleElement()
        .asString()
        .endsWith(" ${VERSIONS:+\"-Dmatrix.versions.$VERSIONS\"}");
    ObjectNode told = dispatch.at("/jobs/shard/env").deepCopy();
    assertThat(merge.path("env")).isEqualTo(told.without(List.of("MATRIX_ROWS", "MATRIX_SHARD")));
  }

  /** Nobody but the owner of the repository accepts a licence, and not in a file. */
  @ParameterizedTest
  @ValueSource(strings = {"integration-matrix.yml", "live-certification.yml"})
  void theLicenceOfSqlServersImageIsAVariableOfTheRepository(String workflow) throws IOException {
    JsonNode jobs = new YAMLMapper().readTree(REPOSITORY.text(".github/workflows/" + workflow));
    assertThat(jobs.findValuesAsText("PLUMBLINE_MSSQL_ACCEPT_EULA"))
        .containsExactly("${{ vars.PLUMBLINE_MSSQL_ACCEPT_EULA }}");
  }

  /** The action that downloads artifacts gives a folder to each of several, and none to one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shards | shards",
        "shards/m-1 | shards/m-1",
        "shards/m-1 shards/m-2 | shards/m-1 shards/m-2"
      })
  void shardsAreFoundHoweverTheyWereDownloaded(
      String downloaded, String found, @TempDir Path workspace)
      throws IOException, InterruptedException {
    for (String shard : downloaded.split(" ", -1)) {
      Files.createDirectories(
          workspace.resolve(shard).resolve("test_artifacts/integration_matrix/mock_local/a_case"));
      Files.createDirectories(
          workspace.resolve(shard).resolve("test_artifacts/integration_matrix/mock_contract"));
    }
    String merge =
        script(".github/workflows/integration-matrix.yml", "/jobs/merge", "Each case exactly once");
    ProcessBuilder bash =
        new ProcessBuilder(
            "bash", "-euo", "pipefail", "-c", "mvn() { printf '%s\\n' \"$@\"; }\n" + merge);
    bash.environment()
        .putAll(
            Map.of(
                "MATRIX_RUN_MODE", "mock_local",
                "MATRIX_SOURCE", "*",
                "MATRIX_SINK", "*",
                "MATRIX_STRATEGY", "*",
                "MATRIX_CASE", "*"));
    Process process = bash.directory(workspace.toFile()).redirectErrorStream(true).start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(told).isZero();
    String folders =
        Arrays.stream(found.split(" ", -1))
            .map(shard -> shard + "/test_artifacts/integration_matrix/mock_local")
            .collect(Collectors.joining(" "));
    assertThat(told).containsPattern("-Dmerge\\.args=.* merged " + folders + "\n");
  }

  private static String script(String workflow, String job, String step) throws IOException {
    for (JsonNode each : new YAMLMapper().readTree(REPOSITORY.text(workflow)).at(job + "/steps")) {
      if (each.path("name").asText().equals(step)) {
        return each.path("run").asText();
      }
    }
    throw new AssertionError("There is no step '%s' in %s.".formatted(step, job));
  }

  /** Where an engine is known to answer, what needs one is not left out. */
  @Test
  void theCommandsOfTheDocumentationNeedAnEngineThere() throws IOException {
    JsonNode ci = new YAMLMapper().readTree(REPOSITORY.text(".github/workflows/ci.yml"));
    List<JsonNode> told = new ArrayList<>();
    for (JsonNode step : ci.at("/jobs/documented-commands/steps")) {
      if (step.path("run").asText().equals("bash .ci/run")) {
        told.add(step.at("/env/PLUMBLINE_DOCKER"));
      }
    }
    assertThat(told).singleElement().hasToString("\"required\"");
    assertThat(REPOSITORY.text(".ci/run"))
        .containsPattern("if \\[ \"\\$\\{PLUMBLINE_DOCKER:-}\" = required ]; then die ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"pair | ''", "versions | ' \"-Dmatrix.versions.$MATRIX_SOURCE=$VERSIONS\"'"})
  void aCertificationLeavesNothingOutAndNothingBehind(String job, String more) throws IOException {
    JsonNode jobs =
        new YAMLMapper()
            .readTree(REPOSITORY.text(".github/workflows/live-certification.yml"))
            .path("jobs");
    List<String> always = new ArrayList<>();
    for (JsonNode step : jobs.path(job).path("steps")) {
      if (step.path("if").asText().equals("${{ always() }}")) {
        always.add(step.path("run").asText());
      }
    }
    assertThat(always).containsExactly(WorkflowLint.TEARDOWN);
    assertThat(jobs.path(job).findValuesAsText("run"))
        .contains(
            "mvn -B -ntp verify -Pmatrix-real-local -Dplumbline.agreement=required" + more,
            "grep -E '^ *\"SKIPPED\" : 0,?$' test_artifacts/integration_matrix/real_local/summary.json\n");
  }

  @Test
  void theListOfPinsHasNothingThatIsNotUsed() throws IOException {
    String all = "";
    for (Path workflow : REPOSITORY.files(".github", ".yml")) {
      all += Files.readString(workflow);
    }
    assertThat(all.replaceAll("uses: ([^/@]+/[^/@]+)/[^@]+@", "uses: $1@"))
        .contains(releases().keySet());
    assertThat(releases()).containsKey(CHECKOUT);
  }

  private static Map<String, String> releases() throws IOException {
    Map<String, String> releases = new HashMap<>();
    try (InputStream pins = WorkflowsTest.class.getResourceAsStream("action-pins.txt")) {
      new String(Objects.requireNonNull(pins).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", -1))
          .forEach(pin -> releases.put(pin[0] + "@" + pin[2], pin[1]));
    }
    return releases;
  }
}
