package io.plumbline.matrix.memory;

import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The data set's rows as a source system holds them; small volumes are converted once per run. */
final class SourceRows {
  private final RowConverter converter;
  private final Dataset dataset;
  private final AtomicReferenceArray<Object @Nullable []> kept;

  SourceRows(Dataset dataset, RowConverter converter) {
    this.dataset = dataset;
    this.converter = converter;
    int keys = dataset.resident() ? (int) dataset.volume().maxKey() + 1 : 0;
    this.kept = new AtomicReferenceArray<>(2 * keys);
  }

  Object[] row(long key, int version) {
    return of(dataset.row(key, version));
  }

  /** The source's image of a data set's row. */
  Object[] of(Object[] row) {
    if (converter.keepsRows()) {
      return row;
    }
    if (!dataset.resident()) {
      return converter.convert(row);
    }
    int version = ((Long) row[Column.VERSION]).intValue();
    int key = ((Long) row[Column.ID]).intValue();
    int place = 2 * key + version - 1;
    Object[] image = kept.get(place);
    if (image == null) {
      image = converter.convert(row);
      kept.set(place, image);
    }
    return image;
  }
}
