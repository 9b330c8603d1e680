package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.RowBatch;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Rows of a query, fetched as they are asked for. */
final class CursorExtraction implements Extraction {
  private final Session session;
  private final Op op;
  private final CarriedRows rows;
  private final Position position;
  private final PreparedStatement statement;
  private final ResultSet result;
  private boolean ended;

  /**
   * Begins to read.
   *
   * @param session in a transaction whose snapshot is taken; owned from now on
   * @param rest follows the table's name; may be empty
   */
  CursorExtraction(
      Session session,
      Op op,
      CarriedRows rows,
      int fetchRows,
      String from,
      String rest,
      Position position) {
    this.session = session;
    this.op = op;
    this.rows = rows;
    this.position = position;
    try {
      this.statement =
          session
              .connection()
              .prepareStatement(
                  "SELECT %s FROM %s %s".formatted(rows.selectList(), from, rest),
                  ResultSet.TYPE_FORWARD_ONLY,
                  ResultSet.CONCUR_READ_ONLY);
      statement.setFetchSize(fetchRows);
      this.result = session.watched(statement, statement::executeQuery);
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  @Override
  public boolean read(RowBatch batch) {
    batch.clear();
    try {
      session.watched(statement, () -> fill(batch));
    } catch (SQLException e) {
      throw session.failure(e);
    }
    return batch.size() > 0;
  }

  private boolean fill(RowBatch batch) throws SQLException {
    while (!ended && !batch.full()) {
      ended = !result.next();
      if (!ended) {
        batch.add(op, rows.row(result));
      }
    }
    return ended;
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public void close() {
    if (!ended) {
      // A driver would read the rows that are still under way before it closes.
      session.abort();
    }
    session.close();
  }
}
