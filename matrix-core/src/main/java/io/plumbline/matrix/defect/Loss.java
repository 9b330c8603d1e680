package io.plumbline.matrix.defect;

import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.memory.Conversion;
import io.plumbline.matrix.memory.DeclaredConversion;
import java.util.Locale;

/** How a system's conversion differs from what its connector declares. */
enum Loss implements Conversion {
  /** Of what the declaration leaves, the least part is lost too. */
  MORE {
    @Override
    public Object of(Declaration declaration, Object value) {
      return LeastPart.without(DeclaredConversion.convert(declaration, value));
    }

    @Override
    boolean possible(Declaration declaration) {
      return declaration.supported();
    }
  },

  /** Nothing is lost: the value arrives as it was, without a column if need be. */
  LESS {
    @Override
    public Object of(Declaration declaration, Object value) {
      return value;
    }

    @Override
    boolean possible(Declaration declaration) {
      return true;
    }
  };

  /** False where there is nothing left to lose. */
  abstract boolean possible(Declaration declaration);

  /** The name used in ids. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
