package io.plumbline.matrix.oracle;

import io.plumbline.matrix.connector.TypeMapping.Declaration;
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
  private static final int MOST = 1 << 12;
  private final Map<List<Declaration>, Chain> chains = new ConcurrentHashMap<>();

  /** The images that a chain of declarations makes, source first. */
  Chain of(List<Declaration> declarations) {
    return chains.computeIfAbsent(declarations, Chain::new);
  }

  /** What one chain makes of values. */
  static final class Chain {
    private final List<Declaration> declarations;
    private final @Nullable Object ofNull;

    /** Keyed by identity: the same object always has the same image. */
    private final IdentityHashMap<Object, Object> known = new IdentityHashMap<>();

    private Chain(List<Declaration> declarations) {
      this.declarations = declarations;
      this.ofNull = derive(null);
    }

    @SuppressWarnings("NullAway") // NULL is the image of NULL
    Object of(Object value) {
      if (value == null) {
        return ofNull;
      }
      synchronized (known) {
        Object image = known.get(value);
        if (image == null) {
          image = derive(value);
          if (known.size() >= MOST) {
            known.clear();
          }
          known.put(value, image);
        }
        return image;
      }
    }

    private @Nullable Object derive(@Nullable Object value) {
      Object image = value;
      for (Declaration declaration : declarations) {
        image = FidelityRules.apply(declaration, image);
      }
      return image;
    }
  }
}
