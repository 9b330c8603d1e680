package io.plumbline.matrix.oracle;

import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.LogicalType;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The declared images of values, once per chain of declarations: most values occur in many rows,
 * and most chains in several pairs. Thread-safe.
 */
final class Images {
  private final Dataset dataset;
  private final Map<List<Declaration>, Chain> chains = new ConcurrentHashMap<>();
  private final Map<Domain, Table> tables = new ConcurrentHashMap<>();

  private record Domain(LogicalType type, List<Declaration> declarations) {}

  Images(Dataset dataset) {
    this.dataset = dataset;
  }

  /** The images that a chain of declarations makes, source first. */
  Chain of(List<Declaration> declarations) {
    return chains.computeIfAbsent(declarations, Chain::new);
  }

  /** The images of all values of a wide column. */
  Table of(Column column, List<Declaration> declarations) {
    return tables.computeIfAbsent(
        new Domain(column.type(), declarations),
        missing -> new Table(dataset.domain(column), declarations));
  }

  private static @Nullable Object derive(List<Declaration> declarations, @Nullable Object value) {
    Object image = value;
    for (Declaration declaration : declarations) {
      image = FidelityRules.apply(declaration, image);
    }
    return image;
  }

  /** The images of the values that a column draws from, and the hashes of their cells. */
  static final class Table {
    private final @Nullable Object[] images;
    private final long[] hashes;

    private Table(List<Object> values, List<Declaration> declarations) {
      this.images = new @Nullable Object[values.size() + 1];
      this.hashes = new long[2 * images.length];
      for (int i = 0; i < images.length; i++) {
        int choice = i + Dataset.NULL_CHOICE;
        images[i] = derive(declarations, choice == Dataset.NULL_CHOICE ? null : values.get(choice));
        long[] hash = RowHasher.hash(images[i]);
        hashes[2 * i] = hash[0];
        hashes[2 * i + 1] = hash[1];
      }
    }

    @SuppressWarnings("NullAway") // NULL is the image of NULL
    Object image(int choice) {
      return images[choice - Dataset.NULL_CHOICE];
    }

    long high(int choice) {
      return hashes[2 * (choice - Dataset.NULL_CHOICE)];
    }

    long low(int choice) {
      return hashes[2 * (choice - Dataset.NULL_CHOICE) + 1];
    }
  }

  /** What one chain makes of values that are not drawn from a domain. */
  static final class Chain {
    private static final int MOST = 1 << 12;
    private final List<Declaration> declarations;
    private final @Nullable Object ofNull;

    /** Keyed by identity: the same object always has the same image. */
    private final IdentityHashMap<Object, Object> known = new IdentityHashMap<>();

    private Chain(List<Declaration> declarations) {
      this.declarations = declarations;
      this.ofNull = derive(declarations, null);
    }

    @SuppressWarnings("NullAway") // NULL is the image of NULL
    Object of(Object value) {
      if (declarations.isEmpty()) {
        return value;
      }
      if (value == null) {
        return ofNull;
      }
      synchronized (known) {
        Object image = known.get(value);
        if (image == null) {
          image = derive(declarations, value);
          if (known.size() >= MOST) {
            known.clear();
          }
          known.put(value, image);
        }
        return image;
      }
    }
  }
}
