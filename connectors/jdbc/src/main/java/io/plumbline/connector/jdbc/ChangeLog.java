package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Position;
import java.util.List;
import java.util.function.BiFunction;
import org.apiguardian.api.API;

/** A product's own log of changes to a source's table. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface ChangeLog {

  /** Makes the change log of a case's source. */
  @FunctionalInterface
  interface Factory {
    /** The change log of a table; connections are the mover's. */
    ChangeLog of(CaseScope scope, CaseNames names, MoverSessions sessions);
  }

  /** For products without one: asking for changes is an error. */
  Factory NONE =
      (scope, names, sessions) ->
          new ChangeLog() {
            @Override
            public Extraction snapshot(BiFunction<Session, Position, Extraction> read) {
              throw new JdbcException("There is no change log for " + scope.caseId() + ".");
            }

            @Override
            public Extraction changes(Position from) {
              throw new JdbcException("There is no change log for " + scope.caseId() + ".");
            }
          };

  /**
   * Reads a snapshot and the position in the log that belongs to it: every transaction is either in
   * the snapshot or after the position, never both.
   *
   * @param read reads the table in a session whose snapshot is taken, and owns the session
   */
  Extraction snapshot(BiFunction<Session, Position, Extraction> read);

  /** Reads changes after a position, up to a bound fixed now. */
  Extraction changes(Position from);

  /** Statements that remove what it made outside of the case's schema, before that is removed. */
  default List<String> removal() {
    return List.of();
  }
}
