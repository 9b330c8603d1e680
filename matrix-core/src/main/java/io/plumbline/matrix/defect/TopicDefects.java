package io.plumbline.matrix.defect;

import static io.plumbline.matrix.registry.Strategy.CDC;
import static io.plumbline.matrix.registry.Strategy.FULL_REFRESH;
import static io.plumbline.matrix.registry.Strategy.INCREMENTAL_APPEND;
import static io.plumbline.matrix.registry.Strategy.INCREMENTAL_MERGE;
import static io.plumbline.matrix.registry.Strategy.REPLACE;
import static io.plumbline.matrix.registry.Strategy.SNAPSHOT_DIFF;
import static io.plumbline.matrix.registry.Strategy.XMIN;

import io.plumbline.matrix.connector.Inspector.Event;
import io.plumbline.matrix.oracle.Check;
import io.plumbline.matrix.registry.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Records of a topic that go wrong on their way from the writer to the log. */
final class TopicDefects {
  private static final Strategy[] INTO_TOPICS = {
    FULL_REFRESH, INCREMENTAL_APPEND, INCREMENTAL_MERGE, REPLACE, SNAPSHOT_DIFF, XMIN, CDC
  };

  private TopicDefects() {}

  static List<Defect> all() {
    return List.of(
        Defect.ofTopic(
            "tombstone-missing",
            "A delete event is not followed by a tombstone.",
            Check.TOMBSTONES,
            without(TopicDefects::tombstone),
            Defects.BY_KEY),
        Defect.ofTopic(
            "tombstones-all-at-the-end",
            "Tombstones stand behind all other records instead of behind their delete event.",
            Check.TOMBSTONES,
            records -> {
              List<Event> ordered =
                  new ArrayList<>(without(TopicDefects::tombstone).apply(records));
              ordered.addAll(without(e -> !tombstone(e)).apply(records));
              return ordered;
            },
            Defects.BY_KEY),
        Defect.ofTopic(
            "event-emitted-twice",
            "The producer sends its last record of a key again after a timeout.",
            Check.EVENTS,
            records -> {
              List<Event> more = new ArrayList<>(records);
              records.stream()
                  .filter(e -> e.cells() != null)
                  .reduce((first, second) -> second)
                  .ifPresent(more::add);
              return more;
            },
            INTO_TOPICS),
        Defect.ofTopic(
            "generation-not-opened",
            "A replacing load has no mark, so that what it replaces stays.",
            Check.EVENTS,
            without(e -> e.key() == null),
            INTO_TOPICS),
        Defect.ofTopic(
            "generation-opened-too-late",
            "The mark of a replacing load comes after its first record.",
            Check.EVENT_ORDER,
            records -> {
              List<Event> late = new ArrayList<>(records);
              if (late.size() > 1 && late.get(0).key() == null) {
                late.add(1, late.remove(0));
              }
              return late;
            },
            FULL_REFRESH,
            REPLACE),
        Defect.ofTopic(
            "records-out-of-order",
            "Two neighbouring records of different keys are exchanged by a retry.",
            Check.EVENT_ORDER,
            records -> {
              List<Event> exchanged = new ArrayList<>(records);
              for (int i = 1; i < exchanged.size(); i++) {
                if (exchanged.get(i - 1).cells() != null && exchanged.get(i).cells() != null) {
                  exchanged.add(i - 1, exchanged.remove(i));
                  break;
                }
              }
              return exchanged;
            },
            CDC));
  }

  private static boolean tombstone(Event event) {
    return event.key() != null && event.op() == null;
  }

  private static UnaryOperator<List<Event>> without(Predicate<Event> condition) {
    return records -> records.stream().filter(condition.negate()).toList();
  }
}
