package io.plumbline.connector.postgres;

import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.RowBatch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Rows of a binary cursor, fetched as many at a time as a batch holds. */
final class CursorExtraction implements Extraction {
  private final Session session;
  private final RowDecoder decoder;
  private final Position position;
  private boolean ended;

  /**
   * Begins to read.
   *
   * @param session for binary cursors, in a transaction whose snapshot is taken; owned from now on
   */
  CursorExtraction(
      Session session, RowDecoder decoder, String from, String where, Position position) {
    this.session = session;
    this.decoder = decoder;
    this.position = position;
    session.execute(
        "DECLARE reader BINARY NO SCROLL CURSOR FOR SELECT %s FROM %s %s"
            .formatted(decoder.selectList(), from, where));
  }

  @Override
  public boolean read(RowBatch batch) {
    batch.clear();
    if (ended) {
      return false;
    }
    try (Statement statement = session.connection().createStatement();
        ResultSet result = statement.executeQuery("FETCH " + batch.capacity() + " FROM reader")) {
      while (result.next()) {
        batch.add(Op.UPDATE, row(result));
      }
    } catch (SQLException e) {
      throw session.failure(e);
    }
    ended = !batch.full();
    return batch.size() > 0;
  }

  private Object[] row(ResultSet result) throws SQLException {
    Object[] row = decoder.blank();
    for (int cell = 0; cell < decoder.width(); cell++) {
      byte[] bytes = result.getBytes(cell + 1);
      if (bytes != null) {
        decoder.set(row, cell, bytes, 0, bytes.length);
      }
    }
    return row;
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public void close() {
    session.close();
  }
}
