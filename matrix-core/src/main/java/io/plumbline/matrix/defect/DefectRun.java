package io.plumbline.matrix.defect;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Inspector.Event;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.memory.MemorySystem;
import io.plumbline.matrix.mover.Mover;
import io.plumbline.matrix.mover.ReconcileFailedException;
import io.plumbline.matrix.mover.ReferenceMover;
import io.plumbline.matrix.mover.StateConflictException;
import io.plumbline.matrix.mover.StrategyRejectedException;
import io.plumbline.matrix.oracle.Check;
import io.plumbline.matrix.oracle.CheckResult;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.Strategy;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.StandardRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plants defects in cases and looks which check sees them. Every case is also run without a defect:
 * where it does not pass then, a kill means nothing.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class DefectRun {
  private static final Logger LOG = LoggerFactory.getLogger(DefectRun.class);

  private final Matrix matrix;
  private final List<Connector> connectors;
  private final Volume volume;
  private final int threads;
  private final Mover soundMover = new ReferenceMover();

  /** Where a defect is planted. */
  public enum Extent {
    /** One case per strategy that it can bite, another pair for each defect. */
    CASE_PER_STRATEGY,
    /** Every case that it can bite. */
    EVERY_CASE
  }

  /**
   * A run in mock_contract.
   *
   * @param connectors one per family of the registry
   * @param volume at least 500 rows, so that every defect finds what it spoils
   * @param threads cases at once
   */
  public DefectRun(Matrix matrix, List<Connector> connectors, Volume volume, int threads) {
    this.matrix = matrix;
    this.connectors = List.copyOf(connectors);
    this.volume = volume;
    this.threads = threads;
  }

  /** What a defect did in a case. */
  private record Trial(Defect defect, String caseId, boolean killed, List<String> failed) {}

  /** The trials of a case, and why it is not sound; null when it is. */
  private record Tried(String caseId, @Nullable String notSound, List<Trial> trials) {}

  /** Plants the defects and returns what became of them. */
  public KillTable run(List<Defect> defects, Extent extent) {
    LOG.info(
        "Seeded defects: {} ({}), {} rows, {} wide columns, seed {}, {} threads",
        defects.size(),
        extent,
        volume.rows(),
        volume.wideColumns(),
        volume.seed(),
        threads);
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    Map<Defect, StandardRun> topicRuns = new LinkedHashMap<>();
    try (StandardRun run = newRun(UnaryOperator.identity())) {
      for (Defect defect : defects) {
        if (defect.inTopic()) {
          topicRuns.put(defect, newRun(defect.records()));
        }
      }
      List<Future<Tried>> tried =
          plots(defects, extent).stream()
              .map(
                  plot ->
                      workers.submit(() -> tried(plot, run, d -> topicRuns.getOrDefault(d, run))))
              .toList();
      List<Tried> results = new ArrayList<>();
      for (Future<Tried> future : tried) {
        results.add(future.get());
      }
      return table(defects, results);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while defects were run.", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A defect could not be run.", e.getCause());
    } finally {
      workers.shutdownNow();
      topicRuns.values().forEach(StandardRun::close);
    }
  }

  private StandardRun newRun(UnaryOperator<List<Event>> records) {
    return new MemoryRuns(matrix, connectors, volume, threads)
        .on(connector -> new MemorySystem(connector, records));
  }

  /** Which defects would be planted in which cases, in registry order. */
  public Map<MatrixCase, List<Defect>> plan(List<Defect> defects, Extent extent) {
    Map<MatrixCase, List<Defect>> plan = new LinkedHashMap<>();
    plots(defects, extent).forEach(plot -> plan.put(plot.where().matrixCase(), plot.defects()));
    return plan;
  }

  /** A case and what is planted in it. */
  private record Plot(DefectCase where, List<Defect> defects) {}

  private List<Plot> plots(List<Defect> defects, Extent extent) {
    List<Column> columns = new Dataset(volume).columns();
    List<Plot> plots =
        DefectCase.of(matrix.cases(), columns, connectors).stream()
            .map(where -> new Plot(where, new ArrayList<>()))
            .toList();
    for (Defect defect : defects) {
      Map<Strategy, List<Plot>> bitten =
          plots.stream()
              .filter(plot -> defect.bites(plot.where()))
              .collect(Collectors.groupingBy(plot -> plot.where().matrixCase().id().strategy()));
      for (List<Plot> candidates : bitten.values()) {
        int one = Math.floorMod(defect.id().hashCode(), candidates.size());
        List<Plot> chosen = extent == Extent.EVERY_CASE ? candidates : List.of(candidates.get(one));
        chosen.forEach(plot -> plot.defects().add(defect));
      }
    }
    return plots.stream().filter(plot -> !plot.defects().isEmpty()).toList();
  }

  private Tried tried(Plot plot, StandardRun soundRun, Function<Defect, StandardRun> runs) {
    MatrixCase matrixCase = plot.where().matrixCase();
    String id = matrixCase.id().toString();
    CaseResult sound = soundRun.run(matrixCase, soundMover);
    boolean passes =
        sound.verdict() == (matrixCase.supported() ? Verdict.PASS : Verdict.REJECTED_AS_DECLARED);
    List<Trial> trials = new ArrayList<>();
    for (Defect defect : plot.defects()) {
      Mover mover = defect.plantedIn(soundMover, plot.where().columns());
      trials.add(trial(defect, id, runs.apply(defect).run(matrixCase, mover)));
    }
    return new Tried(id, passes ? null : sound.verdict() + " " + sound.reason(), trials);
  }

  private static Trial trial(Defect defect, String caseId, CaseResult result) {
    Set<String> failed = new LinkedHashSet<>();
    boolean own = false;
    for (CheckResult check : result.checks()) {
      if (check.outcome() == CheckResult.Outcome.FAIL
          || check.outcome() == CheckResult.Outcome.UNKNOWN) {
        failed.add(check.check().id());
        own |= check.check() == defect.check();
      }
    }
    return new Trial(
        defect, caseId, own && !crashed(defect, result.failure()), List.copyOf(failed));
  }

  /**
   * True when the move ended in an error that is no refusal: then the target is empty for any
   * reason, and a check that sees that says nothing about the defect.
   */
  private static boolean crashed(Defect defect, @Nullable Throwable failure) {
    return failure != null
        && defect.check() != Check.MOVE_COMPLETED
        && !(failure instanceof ReconcileFailedException
            || failure instanceof StateConflictException
            || failure instanceof StrategyRejectedException);
  }

  private KillTable table(List<Defect> defects, List<Tried> results) {
    Map<String, String> notSound = new HashMap<>();
    Map<Defect, List<Trial>> byDefect = new HashMap<>();
    for (Tried tried : results) {
      Optional.ofNullable(tried.notSound()).ifPresent(why -> notSound.put(tried.caseId(), why));
      tried
          .trials()
          .forEach(
              trial -> byDefect.computeIfAbsent(trial.defect(), d -> new ArrayList<>()).add(trial));
    }
    return new KillTable(
        volume,
        defects.stream().map(d -> line(d, byDefect.getOrDefault(d, List.of()))).toList(),
        notSound);
  }

  private static KillTable.Line line(Defect defect, List<Trial> trials) {
    List<Trial> survivals = trials.stream().filter(t -> !t.killed()).toList();
    Map<String, List<String>> killedByOther = new HashMap<>();
    survivals.stream()
        .filter(t -> !t.failed().isEmpty())
        .forEach(t -> killedByOther.put(t.caseId(), t.failed()));
    return new KillTable.Line(
        defect.id(),
        defect.description(),
        defect.check().id(),
        trials.size(),
        trials.size() - survivals.size(),
        survivals.stream().map(Trial::caseId).toList(),
        killedByOther);
  }
}
