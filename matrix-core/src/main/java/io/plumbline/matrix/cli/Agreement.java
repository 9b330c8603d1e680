package io.plumbline.matrix.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether cases on real systems did what the same cases did in memory: phases, counts, content
 * checksums and checks of every round. A difference is a defect of the model in memory, or of a
 * connector. What a real system does not let anybody see is left out, and counted.
 */
final class Agreement {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String NOT_OBSERVABLE = "not_observable";

  /** The round of what stands in documents, which only mock_contract has. */
  private static final String DOCUMENTS = "contract";

  /** Counts that are there only when a check could see them. */
  private static final Map<String, Set<String>> COUNTS =
      Map.of("operation_counts", Set.of("inserts", "updates", "deletes"));

  /** The check of what exactly was read, which a round has only where that is fixed. */
  private static final String OF_READS = "extract_checksum";

  private static final Set<String> SUCCESSES = Set.of("PASS", "REJECTED_AS_DECLARED");

  private final Path inMemory;
  private final Path real;
  private final List<String> differences = new ArrayList<>();
  private final Map<String, Integer> unseen = new TreeMap<>();
  private int compared;

  /**
   * Nothing is compared yet.
   *
   * @param inMemory artifacts of a run of mock_contract
   * @param real artifacts of the run that is compared with it
   */
  Agreement(Path inMemory, Path real) {
    this.inMemory = inMemory;
    this.real = real;
  }

  /** Compares a case, when it succeeded here and was run there with the same volume and seed. */
  void compare(String caseId) {
    // In memory there are no versions.
    String base = caseId.replaceFirst("@.*", "");
    Optional<JsonNode> here =
        text(real, caseId, "behavior.json").map(text -> json(text.replace(caseId, base)));
    Optional<JsonNode> there = document(inMemory, base, "behavior.json");
    if (here.isEmpty()
        || there.isEmpty()
        || !SUCCESSES.contains(here.get().path("verdict").asText())
        || !volume(real, caseId).equals(volume(inMemory, base))) {
      return;
    }
    compared++;
    differ(caseId + "/verdict", there.get().path("verdict"), here.get().path("verdict"));
    Map<String, JsonNode> rounds = byName(there.get().path("rounds"), "name");
    Map<String, JsonNode> ownRounds = byName(here.get().path("rounds"), "name");
    rounds.remove(DOCUMENTS);
    for (String name : union(rounds, ownRounds)) {
      round(
          caseId + "/" + name,
          rounds.getOrDefault(name, JSON.missingNode()),
          ownRounds.getOrDefault(name, JSON.missingNode()));
    }
  }

  private void round(String place, JsonNode there, JsonNode here) {
    Map<String, JsonNode> checks = byName(there.path("checks"), "check");
    Map<String, JsonNode> ownChecks = byName(here.path("checks"), "check");
    Set<String> hiddenCounts = new TreeSet<>();
    for (String check : union(checks, ownChecks)) {
      JsonNode own = ownChecks.getOrDefault(check, JSON.missingNode());
      if (own.path("outcome").asText().equals(NOT_OBSERVABLE)) {
        unseen.merge(check, 1, Integer::sum);
        hiddenCounts.addAll(COUNTS.getOrDefault(check, Set.of()));
      } else {
        differ(place + "/" + check, checks.getOrDefault(check, JSON.missingNode()), own);
      }
    }
    Set<String> openCounts = new TreeSet<>();
    Set<String> openFields = new TreeSet<>();
    if (!checks.containsKey(OF_READS)) {
      // A window may rightly read more, so that nobody checks what exactly it read.
      openCounts.add("rows_extracted");
      openFields.addAll(Set.of("rows", "bytes", "checksum"));
    }
    hiddenCounts.addAll(openCounts);
    differ(
        place + "/counts",
        without(hiddenCounts, there.path("counts")),
        without(openCounts, here.path("counts")));
    differ(place + "/checksums", there.path("checksums"), here.path("checksums"));
    differ(
        place + "/phases",
        extractsWithout(openFields, there.path("phases")),
        extractsWithout(openFields, here.path("phases")));
  }

  private static JsonNode extractsWithout(Set<String> fields, JsonNode phases) {
    ArrayNode compared = JSON.createArrayNode();
    for (JsonNode phase : phases) {
      boolean extract = "extract".equals(phase.path("phase").asText());
      compared.add(extract ? without(fields, phase) : phase);
    }
    return compared;
  }

  private static JsonNode without(Set<String> fields, JsonNode node) {
    JsonNode rest = node.deepCopy();
    if (rest instanceof ObjectNode all) {
      all.remove(fields);
    }
    return rest;
  }

  private void differ(String place, JsonNode there, JsonNode here) {
    if (!there.equals(here)) {
      differences.add("%s is %s in memory and %s here.".formatted(place, there, here));
    }
  }

  private static Set<String> union(Map<String, ?> one, Map<String, ?> other) {
    Set<String> names = new TreeSet<>(one.keySet());
    names.addAll(other.keySet());
    return names;
  }

  private static Map<String, JsonNode> byName(JsonNode list, String name) {
    Map<String, JsonNode> nodes = new TreeMap<>();
    list.forEach(node -> nodes.put(node.path(name).asText(), node));
    return nodes;
  }

  private static JsonNode volume(Path artifacts, String caseId) {
    return document(artifacts, caseId, "case.json")
        .map(node -> node.path("manifest"))
        .orElse(JSON.missingNode());
  }

  private static Optional<JsonNode> document(Path artifacts, String caseId, String name) {
    return text(artifacts, caseId, name).map(Agreement::json);
  }

  private static Optional<String> text(Path artifacts, String caseId, String name) {
    Path file = artifacts.resolve(caseId).resolve(name);
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read.".formatted(file), e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException("A case's document is not JSON.", e);
    }
  }

  /** How many cases were compared. */
  int compared() {
    return compared;
  }

  /** What is not the same, a sentence each. */
  List<String> differences() {
    return List.copyOf(differences);
  }

  /** Checks that a real system does not let anybody see, and in how many rounds. */
  Map<String, Integer> unseen() {
    return Map.copyOf(unseen);
  }
}
