package io.plumbline.connector.mssql;

import com.microsoft.sqlserver.jdbc.ISQLServerBulkData;
import java.io.Serial;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows of one bulk copy, in the order of the table's columns. */
final class BulkBatch implements ISQLServerBulkData {
  @Serial private static final long serialVersionUID = 1L;

  private final transient List<BulkColumn> columns;
  private final transient List<@Nullable Object[]> rows;
  private int next;

  BulkBatch(List<BulkColumn> columns, List<@Nullable Object[]> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  @Override
  public Set<Integer> getColumnOrdinals() {
    return new TreeSet<>(IntStream.rangeClosed(1, columns.size()).boxed().toList());
  }

  /** Columns are found by their place. */
  @Override
  public String getColumnName(int column) {
    return "";
  }

  @Override
  public int getColumnType(int column) {
    return columns.get(column - 1).jdbcType();
  }

  @Override
  public int getPrecision(int column) {
    return columns.get(column - 1).precision();
  }

  @Override
  public int getScale(int column) {
    return columns.get(column - 1).scale();
  }

  @Override
  public boolean next() {
    return next++ < rows.size();
  }

  @Override
  public @Nullable Object[] getRowData() {
    return rows.get(next - 1);
  }
}
