package io.plumbline.matrix.dataset;

import org.apiguardian.api.API;

/**
 * The documented changes in the order in which the source commits them: ascending keys, so that
 * deletes and updates are interleaved and inserts come last.
 *
 * @param dataset the volume
 * @param deletes how deleted rows disappear
 * @param part which of the changes
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record ChangeSet(Dataset dataset, Deletes deletes, Part part) {

  /** How deleted rows disappear. */
  public enum Deletes {
    /** The row is removed. */
    PHYSICAL,
    /** The row stays, marked {@code is_deleted} with a later {@code updated_at}. */
    SOFT
  }

  /** Which of the changes. */
  public enum Part {
    ALL,
    /** Those that an open transaction holds during the first window. */
    IN_FLIGHT,
    /** Those that are not in flight. */
    REST
  }

  /** What happens to a row. */
  public enum Kind {
    INSERT,
    UPDATE,
    DELETE
  }

  /** Receives the changes. */
  @FunctionalInterface
  public interface Visitor {
    /** One change; row is the changed image, or the base image of a physically deleted row. */
    void change(Kind kind, long key, Object[] row);
  }

  /** Visits each change once. */
  public void forEach(Visitor visitor) {
    long maxKey = dataset.maxKey();
    for (long key = 1; key <= maxKey; key++) {
      RowClass rowClass = dataset.classOf(key);
      if (rowClass == RowClass.STABLE || !selected(key)) {
        continue;
      }
      switch (rowClass) {
        case INSERTED -> visitor.change(Kind.INSERT, key, dataset.row(key, 2));
        case UPDATED -> visitor.change(Kind.UPDATE, key, dataset.row(key, 2));
        default -> {
          boolean soft = deletes == Deletes.SOFT;
          visitor.change(soft ? Kind.UPDATE : Kind.DELETE, key, dataset.row(key, soft ? 2 : 1));
        }
      }
    }
  }

  private boolean selected(long key) {
    return switch (part) {
      case ALL -> true;
      case IN_FLIGHT -> dataset.inFlight(key);
      case REST -> !dataset.inFlight(key);
    };
  }
}
