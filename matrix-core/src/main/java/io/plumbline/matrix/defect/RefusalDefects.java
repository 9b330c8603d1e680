package io.plumbline.matrix.defect;

import static io.plumbline.matrix.registry.Strategy.BACKFILL;
import static io.plumbline.matrix.registry.Strategy.CDC;
import static io.plumbline.matrix.registry.Strategy.PARTITION_REPLACE;
import static io.plumbline.matrix.registry.Strategy.SCD2;
import static io.plumbline.matrix.registry.Strategy.XMIN;

import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.mover.MoveRequest;
import io.plumbline.matrix.mover.Phase;
import io.plumbline.matrix.mover.StrategyRejectedException;
import io.plumbline.matrix.oracle.Check;
import io.plumbline.matrix.registry.Strategy;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Impossible combinations that are not refused as they should be, and possible ones that are. */
final class RefusalDefects {
  private static final Strategy[] SOMETIMES_IMPOSSIBLE = {
    XMIN, CDC, PARTITION_REPLACE, BACKFILL, SCD2
  };

  private RefusalDefects() {}

  static List<Defect> all() {
    Set<Feature> every = EnumSet.allOf(Feature.class);
    return List.of(
        rejection(
            "impossible-combination-tried",
            "An impossible combination is not refused but tried.",
            Check.REFUSED,
            Fault.onRequest(request -> request.withFeatures(every, every))),
        rejection(
            "impossible-combination-accepted",
            "An impossible combination is accepted and nothing is done.",
            Check.REFUSED,
            (mover, columns) ->
                request -> {
                  try {
                    mover.move(request);
                  } catch (StrategyRejectedException ignored) {
                    // The defect: nobody is told.
                  }
                }),
        rejection(
            "refused-with-the-wrong-code",
            "An impossible combination is refused with another code.",
            Check.REFUSED,
            saying(e -> new StrategyRejectedException("not_supported", message(e)))),
        rejection(
            "refused-without-alternative",
            "A refusal does not say what to use instead.",
            Check.REFUSAL_SAYS_WHAT_INSTEAD,
            saying(e -> new StrategyRejectedException(e.code(), "This is impossible."))),
        rejection(
            "refused-with-the-wrong-alternative",
            "A refusal recommends another strategy than the one that is possible instead.",
            Check.REFUSAL_SAYS_WHAT_INSTEAD,
            saying(
                e ->
                    new StrategyRejectedException(
                        e.code(),
                        message(e).replaceFirst("\\buse \\w+", "use partition_replace")))),
        rejection(
            "refused-after-the-state-was-read",
            "An impossible combination is refused when the state was read already.",
            Check.NOTHING_TOUCHED,
            after(request -> request.states().read())),
        rejection(
            "refused-after-reading",
            "An impossible combination is refused when the source was opened already.",
            Check.NOTHING_TOUCHED,
            after(
                request ->
                    request
                        .reader()
                        .open(new ReadRequest.Snapshot(ReadRequest.Continuation.NONE))
                        .close())),
        rejection(
            "refused-within-a-phase",
            "An impossible combination is refused when its extract has begun.",
            Check.NOTHING_TOUCHED,
            after(request -> request.ledger().begin("load", Phase.EXTRACT))),
        Defect.of(
            "possible-combination-refused",
            "A combination that must work is refused.",
            Check.MOVE_COMPLETED,
            Fault.onRequest(request -> request.withFeatures(Set.of(), Set.of()))));
  }

  private static Defect rejection(String id, String description, Check check, Fault fault) {
    return Defect.of(id, description, check, fault, SOMETIMES_IMPOSSIBLE).ofRejections();
  }

  private static String message(StrategyRejectedException e) {
    return String.valueOf(e.getMessage());
  }

  private static Fault saying(UnaryOperator<StrategyRejectedException> other) {
    return (mover, columns) ->
        request -> {
          try {
            mover.move(request);
          } catch (StrategyRejectedException e) {
            throw other.apply(e);
          }
        };
  }

  /** Does something first; that the systems stop it does not keep the mover from refusing. */
  private static Fault after(Consumer<MoveRequest> something) {
    return (mover, columns) ->
        request -> {
          try {
            something.accept(request);
          } catch (IllegalStateException e) {
            mover.move(request);
            return;
          }
          mover.move(request);
        };
  }
}
