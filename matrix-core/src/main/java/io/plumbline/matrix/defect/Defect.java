package io.plumbline.matrix.defect;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Inspector;
import io.plumbline.matrix.mover.Mover;
import io.plumbline.matrix.oracle.Check;
import io.plumbline.matrix.registry.Strategy;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apiguardian.api.API;

/**
 * A seeded defect: something that goes wrong in movers and sinks, and the check that must see it.
 * The form of a fault that must bite, and must be seen by its own check, is that of Estuary Flow's
 * consistency scenarios.
 *
 * @param id its name
 * @param description what goes wrong, one sentence
 * @param strategies the strategies it can bite
 * @param where the cases of these strategies that it bites
 * @param check the check that must fail
 * @param fault plants it in a mover
 * @param records what becomes of the records that an in-memory topic appends for a load; identity
 *     unless the defect lies below the writer
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Defect(
    String id,
    String description,
    Set<Strategy> strategies,
    Predicate<DefectCase> where,
    Check check,
    Fault fault,
    UnaryOperator<List<Inspector.Event>> records) {

  private static final Fault NONE = (mover, columns) -> mover;

  /** Keeps an unmodifiable copy. */
  public Defect {
    strategies = Set.copyOf(strategies);
  }

  /** A defect of the mover, of the given strategies (all when none is given). */
  public static Defect of(
      String id, String description, Check check, Fault fault, Strategy... strategies) {
    Set<Strategy> bitten =
        strategies.length == 0 ? EnumSet.allOf(Strategy.class) : Set.of(strategies);
    return new Defect(
        id,
        description,
        bitten,
        c -> c.matrixCase().supported(),
        check,
        fault,
        UnaryOperator.identity());
  }

  /** The same defect, biting only some of the cases. */
  Defect only(Predicate<DefectCase> condition) {
    return new Defect(id, description, strategies, where.and(condition), check, fault, records);
  }

  /** The same defect, for all its strategies but one. */
  Defect except(Strategy strategy) {
    Set<Strategy> others = EnumSet.copyOf(strategies);
    others.remove(strategy);
    return new Defect(id, description, others, where, check, fault, records);
  }

  /** The same defect, biting rejected combinations instead of supported ones. */
  Defect ofRejections() {
    return new Defect(
        id, description, strategies, c -> !c.matrixCase().supported(), check, fault, records);
  }

  /** A defect of a topic. */
  static Defect ofTopic(
      String id,
      String description,
      Check check,
      UnaryOperator<List<Inspector.Event>> records,
      Strategy... strategies) {
    Defect plain = of(id, description, check, NONE, strategies);
    return new Defect(
        id,
        description,
        plain.strategies(),
        c -> plain.where().test(c) && Defects.log(c),
        check,
        NONE,
        records);
  }

  /** True when the defect lies below the writer, in the records of a topic. */
  public boolean inTopic() {
    return fault == NONE;
  }

  /** True when it can bite the case. */
  public boolean bites(DefectCase candidate) {
    return strategies.contains(candidate.matrixCase().id().strategy()) && where.test(candidate);
  }

  /** The mover with the defect, for one run of one case. */
  public Mover plantedIn(Mover mover, List<ColumnContract> columns) {
    return fault.in(mover, columns);
  }
}
