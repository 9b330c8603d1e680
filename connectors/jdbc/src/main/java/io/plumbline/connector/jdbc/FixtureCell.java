package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.dataset.Bytes;
import io.plumbline.matrix.dataset.LogicalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How the harness gives a column's values to a server: as text that the server understands by
 * itself, and rounds where it must; bytes as bytes, bits as a number.
 */
final class FixtureCell {
  private static final int MOST_REMEMBERED = 1 << 10;

  private final TypeMapping.Declaration declaration;
  private final int fractionDigits;
  private final IdentityHashMap<Object, String> remembered = new IdentityHashMap<>();

  /** As {@link JdbcDialect#fractionDigits} says. */
  FixtureCell(TypeMapping.Declaration declaration, int fractionDigits) {
    this.declaration = declaration;
    this.fractionDigits = fractionDigits;
  }

  void bind(PreparedStatement statement, int parameter, @Nullable Object value)
      throws SQLException {
    boolean asText = declaration.fidelity() instanceof Fidelity.AsText;
    if (declaration.type().canonical() == Bytes.class && !asText) {
      statement.setBytes(parameter, value == null ? null : ((Bytes) value).toArray());
    } else if (declaration.type() == LogicalType.BIT_8 && !asText) {
      bindBits(statement, parameter, (String) value);
    } else {
      statement.setString(parameter, value == null ? null : text(value));
    }
  }

  private static void bindBits(PreparedStatement statement, int parameter, @Nullable String bits)
      throws SQLException {
    if (bits == null) {
      statement.setNull(parameter, Types.INTEGER);
    } else {
      statement.setInt(parameter, Integer.parseInt(bits, 2));
    }
  }

  private String text(Object value) {
    String known = remembered.get(value);
    if (known == null) {
      known = plain(value);
      if (remembered.size() < MOST_REMEMBERED) {
        remembered.put(value, known);
      }
    }
    return known;
  }

  private Temporal understood(Temporal time) {
    if (!time.isSupported(ChronoField.NANO_OF_SECOND)) {
      return time;
    }
    long unit = BigInteger.TEN.pow(9 - fractionDigits).longValue();
    Temporal half = time.plus(unit / 2, ChronoUnit.NANOS);
    long nanos = half.getLong(ChronoField.NANO_OF_SECOND);
    return half.with(ChronoField.NANO_OF_SECOND, nanos - nanos % unit);
  }

  private String plain(Object value) {
    if (declaration.fidelity() instanceof Fidelity.AsText text) {
      return CanonicalText.of(text.form(), value);
    }
    if (value instanceof Temporal time) {
      return CanonicalText.iso(understood(time));
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    return value instanceof Boolean flag ? (flag ? "1" : "0") : value.toString();
  }
}
