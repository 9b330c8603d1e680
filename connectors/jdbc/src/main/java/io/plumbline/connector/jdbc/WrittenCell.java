package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.TypeMapping;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** How the mover's side gives a column's values to a server: converted as the sink declares. */
final class WrittenCell {
  private static final int MOST_REMEMBERED = 1 << 12;

  private final Conversion conversion;
  private final Wire wire;
  private final IdentityHashMap<Object, Object> converted = new IdentityHashMap<>();

  WrittenCell(TypeMapping.Declaration declaration) {
    this.conversion = new Conversion(declaration);
    this.wire = Wire.of(declaration.carried());
  }

  void bind(PreparedStatement statement, int parameter, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      wire.bindNull(statement, parameter);
    } else {
      wire.bind(statement, parameter, carried(value));
    }
  }

  /** The value as an object of a class that JDBC has. */
  Object plain(Object value) {
    return wire.plain(carried(value));
  }

  private Object carried(Object value) {
    return conversion.none() ? value : remembered(value);
  }

  private Object remembered(Object value) {
    Object known = converted.get(value);
    if (known == null) {
      known = conversion.apply(value);
      if (converted.size() < MOST_REMEMBERED) {
        converted.put(value, known);
      }
    }
    return known;
  }
}
