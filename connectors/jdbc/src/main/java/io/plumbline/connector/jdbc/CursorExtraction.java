package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.RowBatch;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apiguardian.api.API;

/** Rows of a query, fetched as they are asked for. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class CursorExtraction implements Extraction {
  private final Session session;
  private final Rows rows;
  private final Position position;
  private final PreparedStatement statement;
  private final ResultSet result;
  private boolean ended;

  /**
   * Begins to read.
   *
   * @param session in a transaction whose snapshot is taken; owned from now on
   * @param fetchRows how many at a time
   */
  public CursorExtraction(
      Session session, Rows rows, int fetchRows, String query, Position position) {
    this.session = session;
    this.rows = rows;
    this.position = position;
    try {
      this.statement =
          session
              .connection()
              .prepareStatement(query, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
      statement.setFetchSize(fetchRows);
      this.result = session.watched(statement, statement::executeQuery);
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  /** What the rows of the query mean. */
  @FunctionalInterface
  public interface Rows {
    /** Adds the row at which the result stands. */
    void add(ResultSet row, RowBatch batch) throws SQLException;
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
        rows.add(result, batch);
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
