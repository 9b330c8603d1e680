package io.plumbline.matrix.mover;

import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.PartitionFingerprint;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.mover.StrategyPlan.Read;
import io.plumbline.matrix.mover.StrategyPlan.Rows;
import io.plumbline.matrix.registry.Strategy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The mover that is composed of connectors: interprets the strategy's plan. Thread-safe, stateless.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ReferenceMover implements Mover {
  private static final String PARTITION_MARK = "partition.";
  private static final String CHUNK_MARK = "chunk.";
  private final Supplier<RowChecksum> checksums;

  /** Row hashes remember what they hashed, so the next load takes an old one. */
  private final Queue<RowChecksum> idle = new ConcurrentLinkedQueue<>();

  /** A mover with the documented row hash. */
  public ReferenceMover() {
    this(RowChecksum::new);
  }

  /** A mover with another row hash. */
  public ReferenceMover(Supplier<RowChecksum> checksums) {
    this.checksums = checksums;
  }

  private record Unit(
      String name,
      ReadRequest read,
      Rows rows,
      WriteAction action,
      List<LocalDate> window,
      SortedMap<String, String> marks) {}

  @Override
  public void move(MoveRequest request) {
    StrategyPlan plan = StrategyPlan.of(request.caseId().strategy());
    refuseImpossible(plan, request);
    Optional<State> state = request.states().read();
    for (Unit unit : state.isEmpty() ? first(plan, request) : next(plan, state.get(), request)) {
      state = Optional.of(run(unit, plan, state, request));
    }
  }

  private static void refuseImpossible(StrategyPlan plan, MoveRequest request) {
    if (!request.sourceFeatures().contains(plan.sourceFeature())) {
      throw rejection(plan.sourceFeature(), "source " + request.caseId().source(), request);
    }
    if (!request.sinkFeatures().contains(plan.sinkFeature())) {
      throw rejection(plan.sinkFeature(), "sink " + request.caseId().sink(), request);
    }
  }

  private static StrategyRejectedException rejection(
      Feature missing, String who, MoveRequest request) {
    Strategy strategy = request.caseId().strategy();
    List<String> possible = possible(alternatives(strategy), request);
    List<String> instead =
        possible.isEmpty() ? possible(Stream.of(Strategy.FULL_REFRESH), request) : possible;
    return new StrategyRejectedException(
        missing.missingCode(),
        "Strategy %s is impossible because %s does not offer %s; %s."
            .formatted(
                strategy,
                who,
                missing.name().toLowerCase(java.util.Locale.ROOT),
                instead.isEmpty()
                    ? "nothing else is possible either"
                    : "use " + String.join(" or ", instead) + " instead"));
  }

  private static List<String> possible(Stream<Strategy> strategies, MoveRequest request) {
    return strategies
        .filter(
            s ->
                request.sourceFeatures().contains(StrategyPlan.of(s).sourceFeature())
                    && request.sinkFeatures().contains(StrategyPlan.of(s).sinkFeature()))
        .map(Strategy::id)
        .toList();
  }

  private static Stream<Strategy> alternatives(Strategy strategy) {
    return switch (strategy) {
      case PARTITION_REPLACE, BACKFILL -> Stream.of(Strategy.REPLACE);
      case SCD2 -> Stream.of(Strategy.SNAPSHOT_DIFF);
      case XMIN, CDC -> Stream.of(Strategy.INCREMENTAL_MERGE, Strategy.SNAPSHOT_DIFF);
      default -> Stream.of(Strategy.FULL_REFRESH);
    };
  }

  private static List<Unit> first(StrategyPlan plan, MoveRequest request) {
    SortedMap<String, String> marks = new TreeMap<>();
    if (plan.read() == Read.TOUCHED_PARTITIONS) {
      marks.putAll(fingerprints(request));
    }
    return List.of(
        new Unit(
            "load",
            new ReadRequest.Snapshot(plan.continuation()),
            Rows.AS_READ,
            WriteAction.REPLACE_ALL,
            List.of(),
            marks));
  }

  private static List<Unit> next(StrategyPlan plan, State state, MoveRequest request) {
    return switch (plan.read()) {
      case SNAPSHOT -> unit(plan, new ReadRequest.Snapshot(plan.continuation()), state);
      case ROWS_AFTER_CURSOR -> unit(plan, new ReadRequest.RowsAfter(state.position()), state);
      case ROWS_IN_XMIN_WINDOW -> unit(plan, new ReadRequest.XminWindow(state.position()), state);
      case CHANGES -> unit(plan, new ReadRequest.Changes(state.position()), state);
      case WINDOW ->
          List.of(slices("load", plan, List.of(request.parameters().window()), state.marks()));
      case TOUCHED_PARTITIONS -> {
        // Taken before the rows are read: what changes in between is seen as touched next time.
        SortedMap<String, String> now = fingerprints(request);
        List<LocalDate> touched =
            Stream.concat(now.keySet().stream(), state.marks().keySet().stream())
                .distinct()
                .sorted()
                .filter(mark -> !java.util.Objects.equals(now.get(mark), state.marks().get(mark)))
                .map(mark -> LocalDate.parse(mark.substring(PARTITION_MARK.length())))
                .toList();
        yield List.of(slices("load", plan, touched, now));
      }
      case BACKFILL_DATES -> {
        List<Unit> chunks = new ArrayList<>();
        SortedMap<String, String> marks = new TreeMap<>(state.marks());
        for (LocalDate date : request.parameters().backfill()) {
          if (marks.put(CHUNK_MARK + date, "committed") == null) {
            chunks.add(slices(date.toString(), plan, List.of(date), new TreeMap<>(marks)));
          }
        }
        yield chunks;
      }
    };
  }

  private static List<Unit> unit(StrategyPlan plan, ReadRequest read, State state) {
    return List.of(new Unit("load", read, plan.rows(), plan.action(), List.of(), state.marks()));
  }

  private static Unit slices(
      String name, StrategyPlan plan, List<LocalDate> dates, SortedMap<String, String> marks) {
    return new Unit(name, new ReadRequest.Slices(dates), plan.rows(), plan.action(), dates, marks);
  }

  private static SortedMap<String, String> fingerprints(MoveRequest request) {
    SortedMap<String, String> marks = new TreeMap<>();
    for (PartitionFingerprint partition : request.reader().partitions()) {
      marks.put(PARTITION_MARK + partition.date(), partition.fingerprint());
    }
    return marks;
  }

  private State run(Unit unit, StrategyPlan plan, Optional<State> before, MoveRequest request) {
    long version = before.map(State::version).orElse(0L) + 1;
    LoadPlan load =
        new LoadPlan(
            // A target is of one version, and a column holds 64 characters of it.
            "%s-%d".formatted(request.caseId().base(), version),
            unit.action(),
            unit.window(),
            request.parameters().effectiveAt());
    PhaseLedger ledger = request.ledger();
    boolean keepKeys =
        plan.rows() == Rows.DIFFERENCE || plan.rows() == Rows.MERGED_WITH_VANISHED_KEYS;
    KeyHashes known = before.map(s -> KeyHashes.ofBytes(s.keys())).orElseGet(KeyHashes::new);
    RowMeaning meaning = new RowMeaning(unit.rows(), known, keepKeys);
    ledger.begin(unit.name(), Phase.EXTRACT);
    try (Extraction extraction = request.reader().open(unit.read());
        Load target = request.writer().begin(load)) {
      ledger.begin(unit.name(), Phase.LOAD);
      Outgoing out =
          new Outgoing(
              target, request.parameters().batchRows(), unit.read() instanceof ReadRequest.Changes);
      RowChecksum used = idle.poll();
      RowChecksum hash = used == null ? checksums.get() : used;
      extract(unit, extraction, meaning, hash, out, request);
      idle.add(hash);
      target.publish();
      ledger.end(unit.name(), Phase.LOAD, out.operations(), out.bytes(), out.checksum());

      ledger.begin(unit.name(), Phase.RECONCILE);
      LoadTotals extracted = out.totals();
      LoadTotals held = target.held();
      if (!held.matches(extracted)) {
        throw new ReconcileFailedException(
            "Load %s handed over %s but the sink holds %s; the state has not moved."
                .formatted(load.loadId(), extracted, held));
      }
      ledger.end(unit.name(), Phase.RECONCILE, held.rows(), 0, "");

      ledger.begin(unit.name(), Phase.STATE_COMMIT);
      State next =
          new State(
              request.caseId().toString(),
              version,
              positionAfter(unit, extraction, before),
              unit.marks(),
              meaning.keysAfter());
      request.states().commit(next);
      ledger.end(unit.name(), Phase.STATE_COMMIT, 0, 0, "");
      request.reader().acknowledge(next.position());
      return next;
    }
  }

  /** A slice says nothing about where other reads go on. */
  private static Position positionAfter(Unit unit, Extraction extraction, Optional<State> before) {
    return unit.read() instanceof ReadRequest.Slices
        ? before.map(State::position).orElseGet(Position::none)
        : extraction.position();
  }

  private void extract(
      Unit unit,
      Extraction extraction,
      RowMeaning meaning,
      RowChecksum hash,
      Outgoing out,
      MoveRequest request) {
    ChecksumSum checksum = new ChecksumSum();
    RowBatch batch = new RowBatch(request.parameters().batchRows());
    long records = 0;
    long bytes = 0;
    while (extraction.read(batch)) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("Interrupted while extracting; the state has not moved.");
      }
      for (int i = 0; i < batch.size(); i++) {
        Op op = batch.op(i);
        Object[] row = batch.row(i);
        if (op != Op.DELETE) {
          hash.compute(row);
          checksum.add(hash.high(), hash.low());
          bytes += hash.bytes();
        }
        meaning.row(op, row, hash, out);
      }
      records += batch.size();
    }
    meaning.finish(extraction.keys(), out);
    out.flush();
    request.ledger().end(unit.name(), Phase.EXTRACT, records, bytes, checksum.hex());
  }
}
