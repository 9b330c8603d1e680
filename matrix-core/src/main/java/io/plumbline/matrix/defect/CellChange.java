package io.plumbline.matrix.defect;

import io.plumbline.matrix.connector.ColumnContract;
import org.jspecify.annotations.Nullable;

/** What a broken conversion makes of a carried value; NULL is {@code null}. */
@FunctionalInterface
interface CellChange {
  @Nullable Object of(ColumnContract column, @Nullable Object value);
}
