package io.plumbline.connector.mssql;

import io.plumbline.connector.jdbc.MoverSessions;
import io.plumbline.connector.jdbc.Session;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Position;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A source's table, which nobody changes while it is locked.
 *
 * @param table quoted
 */
record LockedTable(Isolation isolation, MoverSessions sessions, String table) {

  /**
   * A snapshot and the position that belongs to it: both are of the time of the lock, so what was
   * committed before is in the snapshot, and what comes after lies behind the position.
   *
   * @param prepare comes before the lock
   * @param position comes under it, in the transaction that has it
   * @param read reads the table in a session whose snapshot is taken, and owns the session
   */
  Extraction snapshot(
      Consumer<Session> prepare,
      Function<Session, Position> position,
      BiFunction<Session, Position, Extraction> read) {
    Session reading = sessions.open();
    try (Session locking = sessions.open()) {
      prepare.accept(locking);
      locking.begin();
      locking.execute(Isolation.SERIALIZABLE.firstLook(table));
      look(reading);
      Position reached = position.apply(locking);
      locking.commit();
      return read.apply(reading, reached);
    } catch (RuntimeException e) {
      try (reading) {
        throw e;
      }
    }
  }

  /** Begins a transaction that sees the table as it is now. */
  void look(Session session) {
    session.beginSnapshot();
    session.execute(isolation.firstLook(table));
  }
}
