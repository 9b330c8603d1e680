package io.plumbline.matrix.connector;

import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.LogicalType;
import java.util.List;
import org.apiguardian.api.API;

/**
 * What a pair promises about one column: the source's declaration for the column's type, then the
 * sink's declaration for the type that the source hands on.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record ColumnContract(
    Column column, TypeMapping.Declaration source, TypeMapping.Declaration sink) {

  /** The contracts of all columns of a pair, in row order. */
  public static List<ColumnContract> of(
      List<Column> columns, TypeMapping sourceTypes, TypeMapping sinkTypes) {
    return columns.stream()
        .map(
            column -> {
              TypeMapping.Declaration source = sourceTypes.of(column, column.type());
              return new ColumnContract(column, source, sinkTypes.of(column, source.carried()));
            })
        .toList();
  }

  /** True when the source has the column. */
  public boolean atSource() {
    return source.supported();
  }

  /** True when the target has the column. */
  public boolean atTarget() {
    return source.supported() && sink.supported();
  }

  /** The logical type that the reader hands to the writer. */
  public LogicalType carried() {
    return source.carried();
  }

  /** The logical type that is read back from the target. */
  public LogicalType stored() {
    return sink.carried();
  }
}
