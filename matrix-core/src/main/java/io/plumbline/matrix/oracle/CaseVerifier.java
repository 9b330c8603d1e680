package io.plumbline.matrix.oracle;

import static io.plumbline.matrix.oracle.CheckResult.notObservable;
import static io.plumbline.matrix.oracle.CheckResult.ofEqual;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.RowClass;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Strategy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the rounds of one case against what was read back. Expected and actual are computed in
 * separate passes that share nothing but the data set and the declarations. Not thread-safe; rounds
 * must come in order.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class CaseVerifier {
  static final List<String> VALIDITY = List.of("is_current", "valid_from", "valid_to");
  private static final List<String> PHASES =
      List.of("extract", "load", "reconcile", "state_commit");
  private static final List<String> CALLS = List.of("open", "publish", "held", "commit");

  private final Dataset dataset;
  private final CaseId caseId;
  private final Strategy strategy;
  private final List<ColumnContract> contracts;
  private final DeclaredRows atSource;
  private final DeclaredRows atTarget;
  private final Documents documents;
  private final RowComparison.@Nullable Validities validities;
  private final RowHasher hasher;

  private RowComparison.@Nullable Tokens tokensBefore;
  private Target.@Nullable OperationCounts operationsBefore;
  private String checksumBefore = "";
  private long eventsBefore;
  private long stateVersionBefore;

  CaseVerifier(
      Dataset dataset,
      CaseId caseId,
      List<ColumnContract> contracts,
      DeclaredRows atSource,
      DeclaredRows atTarget,
      Documents documents,
      RowComparison.Validities validities) {
    this.dataset = dataset;
    this.caseId = caseId;
    this.strategy = caseId.strategy();
    this.contracts = contracts;
    this.atSource = atSource;
    this.atTarget = atTarget;
    this.documents = documents;
    this.validities = Expectation.keepsHistory(strategy) ? validities : null;
    this.hasher = new RowHasher(dataset.columns().size() + VALIDITY.size());
  }

  /**
   * What the documented volume says about a round, computed without looking at any system.
   *
   * @param records records that must be read
   * @param extracted sum of the hashes of the rows that must be read
   * @param untouched row versions that must not be rewritten
   */
  private record Documented(
      DocumentedRows content,
      long records,
      String extracted,
      long untouched,
      Expectation.Operations operations) {}

  /** Reads the target back and executes every check that applies to the round. */
  public RoundVerification verify(Round round, Target target, Evidence evidence) {
    Expectation expectation = new Expectation(dataset, strategy, round);
    Documented documented = documented(expectation);
    RowComparison.Tokens tokens = RowComparison.Tokens.of(dataset);
    RowComparison found =
        new RowComparison(
            dataset,
            contracts,
            expectation,
            atTarget,
            validities,
            target.rowTokens() ? tokensBefore : null,
            tokens,
            hasher);
    target.rows(found);
    found.finish();

    List<CheckResult> checks = new ArrayList<>();
    checks.add(ofEqual(Check.TARGET_COLUMNS, declaredColumns(), sorted(target.columns())));
    checks.add(ofEqual(Check.ROW_COUNT, documented.content().rows(), found.rows));
    checks.add(content(found));
    checks.add(ofEqual(Check.CONTENT_CHECKSUM, documented.content().sum(), found.checksum.sum()));
    checks.add(ofEqual(Check.NO_DUPLICATES, 0L, found.duplicates));
    checks.add(ofEqual(Check.NO_FOREIGN_KEYS, 0L, found.foreignRows));
    checks.add(
        ofEqual(Check.ADDEND_SUM, plain(documented.content().amountSum()), plain(found.amountSum)));
    checks.addAll(classChecks(round, found));
    nullCheck(found).ifPresent(checks::add);
    if (validities != null) {
      checks.add(ofEqual(Check.SCD2_INTERVALS, 0L, found.intervalViolations));
    }
    if (documented.untouched() > 0) {
      checks.add(untouched(target, documented.untouched(), found));
    }
    EventComparison events = null;
    if (target.log()) {
      events = new EventComparison(dataset, expectation, atTarget, hasher);
      target.events(eventsBefore, events);
      checks.addAll(eventChecks(expectation, events));
      eventsBefore = target.endOffset();
    }
    Optional<Target.OperationCounts> counted = target.operations();
    Expectation.Operations operations = counted.map(this::sinceRoundBefore).orElse(null);
    if (!target.log()) {
      checks.add(operationCheck(target, documented.operations(), operations));
    }
    checks.addAll(moveChecks(expectation, documented, evidence));
    String checksum = found.checksum.toString();
    if (round == Round.REPLAY) {
      checks.add(ofEqual(Check.REPLAY_IS_NOOP, checksumBefore, checksum));
    }

    tokensBefore = tokens;
    operationsBefore = counted.orElse(null);
    checksumBefore = checksum;
    stateVersionBefore = evidence.stateVersion();
    return new RoundVerification(
        List.copyOf(checks),
        counts(found, operations, events),
        checksums(documented.content().checksum(), checksum),
        difference(round, found));
  }

  /**
   * What a move after the replay must have read: what the replay read, because both go on from
   * where nothing has changed since. Empty for a strategy whose next move has something of its own
   * to read, or may read more than it must.
   */
  public List<CheckResult> readsAgain(Evidence evidence) {
    Expectation replay = new Expectation(dataset, strategy, Round.REPLAY);
    return strategy == Strategy.BACKFILL || !replay.exactReads()
        ? List.of()
        : reads(documented(replay), evidence);
  }

  private Documented documented(Expectation expectation) {
    DocumentedRows content =
        documents.of(
            atTarget,
            expectation.table(expectation::versions),
            validities == null ? null : expectation.table((c, d) -> expectation.open(c)),
            validities,
            hasher);
    DocumentedRows extracted =
        documents.of(atSource, expectation.table(expectation::extracted), null, null, hasher);
    long untouched = 0;
    Expectation.Operations operations = Expectation.Operations.NONE;
    for (KeysByDay.Keys keys : documents.keys()) {
      untouched += keys.count() * expectation.untouchedVersions(keys.rowClass(), keys.date());
      operations =
          operations.plus(expectation.operations(keys.rowClass(), keys.date()).times(keys.count()));
    }
    return new Documented(
        content,
        extracted.rows() + expectation.deleteRecords(),
        extracted.sum(),
        untouched,
        operations);
  }

  private List<String> declaredColumns() {
    return Stream.concat(
            contracts.stream().filter(ColumnContract::atTarget).map(c -> c.column().name()),
            validities == null ? Stream.empty() : VALIDITY.stream())
        .sorted()
        .toList();
  }

  private static List<String> sorted(List<String> names) {
    return names.stream().sorted().toList();
  }

  private CheckResult content(RowComparison found) {
    if (found.comparedRows == 0) {
      return CheckResult.unknown(Check.CONTENT, "no row could be compared");
    }
    return ofEqual(
        Check.CONTENT,
        "0 cells differ, 0 rows missing, 0 rows extra",
        "%d cells differ, %d rows missing, %d rows extra"
            .formatted(found.differingCells, found.missingRows, found.extraRows));
  }

  private List<CheckResult> classChecks(Round round, RowComparison found) {
    if (round == Round.FIRST) {
      return List.of();
    }
    Volume volume = dataset.volume();
    List<CheckResult> checks = new ArrayList<>();
    classCheck(checks, Check.DELETED_KEYS_ABSENT, RowClass.DELETED, volume.deleted(), found);
    classCheck(checks, Check.UPDATES_APPLIED, RowClass.UPDATED, volume.updated(), found);
    classCheck(checks, Check.INSERTS_PRESENT, RowClass.INSERTED, volume.inserted(), found);
    if (strategy == Strategy.REPLACE && found.allOutsideWindow > 0) {
      checks.add(ofEqual(Check.WINDOW_ONLY, found.allOutsideWindow, found.rightOutsideWindow));
    }
    return checks;
  }

  private static void classCheck(
      List<CheckResult> checks, Check check, RowClass rowClass, long keys, RowComparison found) {
    if (keys > 0) {
      checks.add(ofEqual(check, keys, found.rightKeys[RowComparison.kind(rowClass)]));
    }
  }

  /** Applies where the target has a nullable column. */
  private Optional<CheckResult> nullCheck(RowComparison found) {
    if (contracts.stream().noneMatch(c -> c.atTarget() && c.column().nullPercent() > 0)) {
      return Optional.empty();
    }
    return Optional.of(
        found.comparedRows == 0
            ? CheckResult.unknown(Check.NULL_IS_NOT_EMPTY, "no row could be compared")
            : ofEqual(Check.NULL_IS_NOT_EMPTY, 0L, found.nullMismatches));
  }

  private static CheckResult untouched(Target target, long rows, RowComparison found) {
    return target.rowTokens()
        ? ofEqual(
            Check.UNTOUCHED_ROWS_UNTOUCHED,
            "0 of %d rewritten".formatted(rows),
            "%d of %d rewritten".formatted(found.tokensChanged, found.tokensCompared))
        : notObservable(Check.UNTOUCHED_ROWS_UNTOUCHED);
  }

  private static CheckResult operationCheck(
      Target target, Expectation.Operations documented, Expectation.@Nullable Operations counted) {
    if (!target.operationCounts()) {
      return notObservable(Check.OPERATION_COUNTS);
    }
    return counted == null
        ? CheckResult.unknown(Check.OPERATION_COUNTS, "the system told no counts")
        : ofEqual(Check.OPERATION_COUNTS, documented, counted);
  }

  private List<CheckResult> eventChecks(Expectation expectation, EventComparison events) {
    List<CheckResult> checks = new ArrayList<>();
    checks.add(ofEqual(Check.EVENTS, events.documented(), events.found()));
    boolean ordered = strategy == Strategy.CDC || !expectation.scope().isEmpty();
    if (ordered && events.events() > 0) {
      checks.add(ofEqual(Check.EVENT_ORDER, 0L, events.outOfOrder()));
    }
    if (events.deletes() > 0) {
      checks.add(ofEqual(Check.TOMBSTONES, events.deletes(), events.tombstonesAfterDelete()));
    }
    return checks;
  }

  private Expectation.Operations sinceRoundBefore(Target.OperationCounts now) {
    Target.OperationCounts before = operationsBefore;
    return before == null || before.generation() != now.generation()
        ? new Expectation.Operations(now.inserts(), now.updates(), now.deletes())
        : new Expectation.Operations(
            now.inserts() - before.inserts(),
            now.updates() - before.updates(),
            now.deletes() - before.deletes());
  }

  private List<CheckResult> moveChecks(
      Expectation expectation, Documented documented, Evidence evidence) {
    int units = expectation.units();
    List<CheckResult> checks = new ArrayList<>();
    checks.add(
        ofEqual(
            Check.PHASE_ORDER,
            repeat(PHASES, units) + " seen as " + repeat(CALLS, units),
            evidence.phases() + " seen as " + evidence.calls()));
    if (expectation.exactReads()) {
      checks.addAll(reads(documented, evidence));
    }
    checks.add(
        ofEqual(
            Check.STATE_POSITION,
            "version %d of %s after %d commits"
                .formatted(stateVersionBefore + units, caseId, units),
            "version %d of %s after %d commits"
                .formatted(
                    evidence.stateVersion(),
                    evidence.stateCase(),
                    evidence.calls().stream().filter("commit"::equals).count())));
    return checks;
  }

  private static List<CheckResult> reads(Documented documented, Evidence evidence) {
    ContentChecksum reported = new ContentChecksum();
    for (String sum : evidence.extractChecksums()) {
      if (sum.length() == 32) {
        reported.add(
            Long.parseUnsignedLong(sum, 0, 16, 16), Long.parseUnsignedLong(sum, 16, 32, 16));
      }
    }
    return List.of(
        ofEqual(
            Check.EXTRACT_CHECKSUM,
            documented.records() + ":" + documented.extracted(),
            evidence.extractedRecords() + ":" + reported.sum()),
        ofEqual(Check.RECORDS_READ, documented.records(), evidence.recordsRead()));
  }

  private static List<String> repeat(List<String> names, int times) {
    return Collections.nCopies(times, names).stream().flatMap(List::stream).toList();
  }

  private Map<String, Long> counts(
      RowComparison found,
      Expectation.@Nullable Operations operations,
      @Nullable EventComparison events) {
    long cells = contracts.stream().filter(ColumnContract::atTarget).count();
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("rows_in_target", found.rows);
    counts.put("rows_verified", found.comparedRows);
    counts.put("cells_verified", found.comparedRows * cells);
    if (operations != null) {
      counts.put("inserts", operations.inserts());
      counts.put("updates", operations.updates());
      counts.put("deletes", operations.deletes());
    }
    if (events != null) {
      counts.put("events", events.events());
    }
    return counts;
  }

  /** In a fixed order, because what a run writes must not differ from run to run. */
  private static Map<String, String> checksums(String expected, String actual) {
    Map<String, String> checksums = new LinkedHashMap<>();
    checksums.put("expected", expected);
    checksums.put("actual", actual);
    return checksums;
  }

  private static Optional<Difference> difference(Round round, RowComparison found) {
    return found.differences.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Difference(
                round.id(),
                found.differences,
                found.differencesByColumn,
                found.missingRows,
                found.extraRows));
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
