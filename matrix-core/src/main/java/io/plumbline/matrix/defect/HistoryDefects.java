package io.plumbline.matrix.defect;

import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.mover.MoveRequest;
import io.plumbline.matrix.oracle.Check;
import io.plumbline.matrix.registry.Strategy;
import java.util.List;
import java.util.function.Predicate;

/** Validity intervals that go wrong. */
final class HistoryDefects {
  private HistoryDefects() {}

  static List<Defect> all() {
    return List.of(
        scd2(
            "scd2-old-version-not-closed",
            "An update opens a version and leaves the one before it open.",
            d ->
                List.of(
                    d.keeping(RowOp::delete),
                    d.keeping(row -> !row.delete()).by(WriteAction.APPEND).named("-opened"))),
        scd2(
            "scd2-deleted-version-not-closed",
            "The version of a deleted key stays open.",
            d -> List.of(d.keeping(row -> !row.delete()))),
        scd2(
            "scd2-everything-current",
            "No version is ever closed.",
            d -> List.of(d.keeping(row -> !row.delete()).by(WriteAction.APPEND))),
        scd2(
            "scd2-intervals-overlap",
            "A version is valid from a day before the one before it ends.",
            d -> closedThenOpened(d, -1)),
        scd2(
            "scd2-intervals-leave-a-gap",
            "A version is valid from a day after the one before it ends.",
            d -> closedThenOpened(d, 1)),
        scd2(
            "scd2-closed-twice",
            "A retried load closes the version that its first attempt opened, and opens another.",
            d ->
                List.of(
                    d,
                    d.keeping(row -> !row.delete())
                        .at(d.plan().effectiveAt().plusSeconds(1))
                        .named("-retry"))),
        scd2(
            "scd2-closed-at-the-wrong-hour",
            "Versions are closed and opened by local time instead of UTC.",
            d -> List.of(d.at(d.plan().effectiveAt().plusHours(2)))),
        Defect.of(
            "scd2-unchanged-rows-versioned",
            "Every row gets a new version, changed or not.",
            Check.ROW_COUNT,
            Fault.onLoads(
                () -> {
                  KnownRows known = new KnownRows();
                  return handedOver -> {
                    List<RowOp> others = List.of();
                    if (!handedOver.first()) {
                      Predicate<RowOp> meant = row -> handedOver.keys().contains(row.key());
                      others =
                          known.all().stream()
                              .filter(meant.negate())
                              .map(row -> row.as(Op.UPDATE))
                              .toList();
                    }
                    known.note(handedOver);
                    return List.of(handedOver.and(others));
                  };
                }),
            Strategy.SCD2),
        Defect.of(
            "scd2-first-load-at-the-wrong-time",
            "The first load takes effect a day late.",
            Check.SCD2_INTERVALS,
            Fault.onRequest(
                request ->
                    request.states().read().isPresent()
                        ? request
                        : request.withParameters(
                            new MoveRequest.Parameters(
                                request.parameters().effectiveAt().plusDays(1),
                                request.parameters().window(),
                                request.parameters().backfill(),
                                request.parameters().batchRows()))),
            Strategy.SCD2));
  }

  private static Defect scd2(String id, String description, LoadFault later) {
    return Defect.of(
        id,
        description,
        Check.SCD2_INTERVALS,
        Fault.onEachLoad(d -> d.first() ? List.of(d) : later.deliver(d)),
        Strategy.SCD2);
  }

  private static List<Delivery> closedThenOpened(Delivery delivery, int days) {
    return List.of(
        delivery.mapping(row -> row.as(Op.DELETE)),
        delivery
            .keeping(row -> !row.delete())
            .mapping(row -> row.as(Op.INSERT))
            .at(delivery.plan().effectiveAt().plusDays(days))
            .named("-opened"));
  }
}
