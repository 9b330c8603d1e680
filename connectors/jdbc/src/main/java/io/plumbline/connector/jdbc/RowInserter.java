package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.ColumnContract;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Writes rows of a load into a table, in the way that suits the product. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface RowInserter extends AutoCloseable {

  /** Makes the inserter of a table. */
  @FunctionalInterface
  interface Factory {
    /**
     * An inserter in the session's transaction.
     *
     * @param data columns whose cells the rows bring with them
     * @param added columns that the load adds to each row
     */
    RowInserter into(
        Session session, String quotedTable, List<ColumnContract> data, List<AddedColumn> added);
  }

  /**
   * A column that a load adds to each row.
   *
   * @param type as it stands in the table's definition
   */
  record AddedColumn(String quotedName, String type, Wire wire) {}

  /**
   * Adds a row.
   *
   * @param keyOnly true when only the key of the row is to be written
   * @param added cells of the added columns
   */
  void add(Object[] row, boolean keyOnly, @Nullable Object[] added);

  /** Writes what was added and is not yet written. */
  void flush();

  @Override
  void close();
}
