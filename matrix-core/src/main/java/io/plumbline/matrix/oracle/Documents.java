package io.plumbline.matrix.oracle;

import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.oracle.Expectation.Versions;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds up expected rows. Which versions of a key are expected depends on its class and day only, so
 * rounds and strategies that expect the same rows share one pass. Thread-safe.
 */
final class Documents {
  private final Dataset dataset;
  private final List<KeysByDay.Keys> keys;

  /** Which versions are expected, and in a history which of them are still valid. */
  record Request(List<Versions> versions, @Nullable List<Versions> open) {}

  Documents(Dataset dataset) {
    this.dataset = dataset;
    this.keys = KeysByDay.of(dataset);
  }

  /** How many keys of each class lie on each day. */
  List<KeysByDay.Keys> keys() {
    return keys;
  }

  /**
   * Adds up the rows of a table of versions by class and day, as {@link Expectation#table} makes
   * it.
   *
   * @param open which versions are still valid, in the same order; null without history
   */
  DocumentedRows of(
      DeclaredRows rows,
      List<Versions> versions,
      @Nullable List<Versions> open,
      RowComparison.@Nullable Validities validities,
      RowHasher hasher) {
    Request request = new Request(versions, open);
    DocumentedRows result = rows.documented().get(request);
    if (result == null) {
      result = add(rows, request, validities, hasher);
      rows.documented().put(request, result);
    }
    return result;
  }

  private DocumentedRows add(
      DeclaredRows rows,
      Request request,
      RowComparison.@Nullable Validities validities,
      RowHasher hasher) {
    ContentChecksum checksum = new ContentChecksum();
    BigDecimal amounts = BigDecimal.ZERO;
    for (long key = 1; key <= dataset.maxKey(); key++) {
      int place = KeysByDay.place(dataset.classOf(key), dataset.dateOf(key));
      Versions versions = request.versions().get(place);
      for (int version = 1; version <= 2; version++) {
        if (!(version == 1 ? versions.base() : versions.changed())) {
          continue;
        }
        rows.begin(key, version, hasher);
        if (validities != null && request.open() != null) {
          Versions stillValid = request.open().get(place);
          validities.addTo(
              hasher, version, version == 1 ? stillValid.base() : stillValid.changed(), dataset);
        }
        hasher.finish(checksum);
        amounts = amounts.add((BigDecimal) dataset.fixedCells(key, version)[Column.AMOUNT]);
      }
    }
    return new DocumentedRows(checksum.rows(), checksum.sum(), amounts);
  }
}
