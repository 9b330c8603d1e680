package io.plumbline.matrix.defect;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.defect.DefectRun.Extent;
import io.plumbline.matrix.memory.Conversion;
import io.plumbline.matrix.memory.DeclaredConversion;
import io.plumbline.matrix.memory.MemorySystem;
import io.plumbline.matrix.oracle.Check;
import io.plumbline.matrix.oracle.CheckResult;
import io.plumbline.matrix.oracle.Difference;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.Strategy;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.StandardRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Makes systems lose more, and less, than their connectors declare. The declarations of a family in
 * a role concern different columns, so that all of them are falsified in one run of a case; each is
 * killed by itself, when {@code content} finds differing cells in each of its columns. Cells that
 * differ anywhere else are a problem.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class DeclaredLossRun {

  private final Matrix matrix;
  private final List<Connector> connectors;
  private final Volume volume;
  private final Dataset dataset;
  private final int threads;

  /** As {@link DefectRun}. */
  public DeclaredLossRun(Matrix matrix, List<Connector> connectors, Volume volume, int threads) {
    this.matrix = matrix;
    this.connectors = List.copyOf(connectors);
    this.volume = volume;
    this.dataset = new Dataset(volume);
    this.threads = threads;
  }

  /** Which conversions are falsified. */
  private record Fault(Role role, Loss loss) {
    Conversion at(Role where) {
      return where == role ? loss : DeclaredConversion::convert;
    }

    static List<Fault> all() {
      return Stream.of(Role.values())
          .flatMap(role -> Stream.of(Loss.values()).map(loss -> new Fault(role, loss)))
          .toList();
    }
  }

  /**
   * A run of a case in which a fault is planted.
   *
   * @param columns columns in which something must differ, by the defect that makes them differ
   */
  private record Planting(MatrixCase where, Fault fault, Map<DeclaredLoss, Set<String>> columns) {}

  /** What became of a planting. */
  private record Trial(Planting planting, boolean content, Set<String> differing) {
    /** Columns that differ although nothing was falsified there. */
    Set<String> unexpected() {
      Set<String> others = new TreeSet<>(differing);
      planting.columns().values().forEach(others::removeAll);
      return others;
    }

    boolean kills(DeclaredLoss loss) {
      Set<String> columns = Objects.requireNonNull(planting.columns().get(loss));
      return content && differing.containsAll(columns) && unexpected().isEmpty();
    }
  }

  /** Plants every defect that the declarations ask for and returns what became of it. */
  public KillTable run(Extent extent) {
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    Map<Fault, StandardRun> runs = new HashMap<>();
    try {
      Fault.all().forEach(fault -> runs.put(fault, newRun(fault)));
      List<Future<Trial>> futures =
          plantings(extent).stream()
              .map(p -> workers.submit(() -> trial(p, Objects.requireNonNull(runs.get(p.fault())))))
              .toList();
      List<Trial> trials = new ArrayList<>();
      for (Future<Trial> future : futures) {
        trials.add(future.get());
      }
      return table(trials);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while declarations were falsified.", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A declaration could not be falsified.", e.getCause());
    } finally {
      workers.shutdownNow();
      runs.values().forEach(StandardRun::close);
    }
  }

  private StandardRun newRun(Fault fault) {
    return new MemoryRuns(matrix, connectors, volume, threads)
        .on(
            connector ->
                new MemorySystem(
                    connector,
                    UnaryOperator.identity(),
                    fault.at(Role.SOURCE),
                    fault.at(Role.SINK)));
  }

  private static Trial trial(Planting planting, StandardRun run) {
    CaseResult result = run.run(planting.where());
    boolean content =
        result.checks().stream()
            .anyMatch(
                check ->
                    check.check() == Check.CONTENT && check.outcome() == CheckResult.Outcome.FAIL);
    return new Trial(
        planting, content, result.difference().map(Difference::byColumn).orElse(Map.of()).keySet());
  }

  private List<Planting> plantings(Extent extent) {
    List<Planting> all = new ArrayList<>();
    Map<String, Map<Fault, Map<DeclaredLoss, Set<String>>>> byPair = new HashMap<>();
    for (DefectCase each : DefectCase.of(matrix.supported(), dataset.columns(), connectors)) {
      CaseId id = each.matrixCase().id();
      byPair
          .computeIfAbsent(
              id.pair(),
              pair ->
                  Fault.all().stream()
                      .collect(Collectors.toMap(f -> f, f -> columns(id, f, each.columns()))))
          .forEach(
              (fault, columns) -> {
                if (!columns.isEmpty()) {
                  all.add(new Planting(each.matrixCase(), fault, columns));
                }
              });
    }
    return extent == Extent.EVERY_CASE ? all : onceAStrategy(all);
  }

  /** Few cases in which each defect is planted once a strategy that it can bite. */
  private static List<Planting> onceAStrategy(List<Planting> all) {
    record Group(Strategy strategy, Fault fault) {}
    Map<Group, List<Planting>> groups = new LinkedHashMap<>();
    for (Planting each : all) {
      Group group = new Group(each.where().id().strategy(), each.fault());
      groups.computeIfAbsent(group, g -> new ArrayList<>()).add(each);
    }
    List<Planting> chosen = new ArrayList<>();
    groups.forEach(
        (group, candidates) -> {
          Set<DeclaredLoss> missing = new HashSet<>();
          candidates.forEach(each -> missing.addAll(each.columns().keySet()));
          while (!missing.isEmpty()) {
            Planting best =
                candidates.stream()
                    .max(
                        Comparator.comparingLong(
                            each ->
                                each.columns().keySet().stream().filter(missing::contains).count()))
                    .orElseThrow();
            missing.removeAll(best.columns().keySet());
            chosen.add(best);
          }
        });
    return chosen;
  }

  /** Where the fault shows in the pair's target, by declaration. */
  private Map<DeclaredLoss, Set<String>> columns(
      CaseId id, Fault fault, List<ColumnContract> contracts) {
    Map<DeclaredLoss, Set<String>> columns = new LinkedHashMap<>();
    for (ColumnContract contract : contracts) {
      boolean source = fault.role() == Role.SOURCE;
      Declaration falsified = source ? contract.source() : contract.sink();
      if (!(falsified.fidelity() instanceof Fidelity.Exact)
          && fault.loss().possible(falsified)
          && shows(fault, contract)) {
        DeclaredLoss loss =
            new DeclaredLoss(
                source ? id.source() : id.sink(), fault.role(), falsified, fault.loss());
        columns.computeIfAbsent(loss, l -> new HashSet<>()).add(contract.column().name());
      }
    }
    return columns;
  }

  /** True when a row of the base has a value that the fault lets arrive as another one. */
  private boolean shows(Fault fault, ColumnContract contract) {
    IdentityHashMap<Object, Boolean> known = new IdentityHashMap<>();
    for (long key = 1; key <= volume.rows(); key++) {
      Object value = dataset.row(key, 1)[contract.column().index()];
      if (value != null
          && known.computeIfAbsent(
              value, v -> !image(fault, contract, v).equals(sound(contract, v)))) {
        return true;
      }
    }
    return false;
  }

  private static Object image(Fault fault, ColumnContract contract, Object value) {
    Object carried = convert(fault.at(Role.SOURCE), contract.source(), value);
    return convert(fault.at(Role.SINK), contract.sink(), carried);
  }

  private static Object sound(ColumnContract contract, Object value) {
    return DeclaredConversion.convert(
        contract.sink(), DeclaredConversion.convert(contract.source(), value));
  }

  private static Object convert(Conversion conversion, Declaration declaration, Object value) {
    return declaration.fidelity() instanceof Fidelity.Exact
        ? value
        : conversion.of(declaration, value);
  }

  private KillTable table(Collection<Trial> trials) {
    Map<DeclaredLoss, List<Trial>> byLoss = new LinkedHashMap<>();
    DeclaredLoss.of(connectors).forEach(loss -> byLoss.put(loss, new ArrayList<>()));
    for (Trial trial : trials) {
      trial
          .planting()
          .columns()
          .keySet()
          .forEach(loss -> byLoss.computeIfAbsent(loss, l -> new ArrayList<>()).add(trial));
    }
    return new KillTable(
        volume,
        byLoss.entrySet().stream().map(e -> line(e.getKey(), e.getValue())).toList(),
        Map.of());
  }

  private static KillTable.Line line(DeclaredLoss loss, List<Trial> trials) {
    List<Trial> survivals = trials.stream().filter(trial -> !trial.kills(loss)).toList();
    Map<String, List<String>> otherwise = new HashMap<>();
    for (Trial trial : survivals) {
      if (!trial.unexpected().isEmpty()) {
        otherwise.put(
            trial.planting().where().id().toString(),
            List.of("content in columns that were left alone: " + trial.unexpected()));
      }
    }
    return new KillTable.Line(
        loss.id(),
        loss.description(),
        Check.CONTENT.id(),
        trials.size(),
        trials.size() - survivals.size(),
        survivals.stream().map(trial -> trial.planting().where().id().toString()).toList(),
        otherwise);
  }
}
