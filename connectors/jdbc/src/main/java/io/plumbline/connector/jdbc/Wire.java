package io.plumbline.connector.jdbc;

import io.plumbline.matrix.dataset.Bytes;
import io.plumbline.matrix.dataset.LogicalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How the mover's side gives a value to a driver and takes it back: by the type that JDBC has for
 * it.
 */
enum Wire {
  LONG(Long.class, Types.BIGINT) {
    @Override
    @Nullable Object read(ResultSet row, int cell) throws SQLException {
      long value = row.getLong(cell);
      return row.wasNull() ? null : value;
    }

    @Override
    void bind(PreparedStatement statement, int cell, Object value) throws SQLException {
      statement.setLong(cell, (Long) value);
    }
  },
  WHOLE(BigInteger.class, Types.DECIMAL) {
    @Override
    @Nullable Object read(ResultSet row, int cell) throws SQLException {
      BigDecimal value = row.getBigDecimal(cell);
      return value == null ? null : value.toBigIntegerExact();
    }

    @Override
    void bind(PreparedStatement statement, int cell, Object value) throws SQLException {
      statement.setBigDecimal(cell, (BigDecimal) plain(value));
    }

    @Override
    Object plain(Object value) {
      return new BigDecimal((BigInteger) value);
    }
  },
  DECIMAL(BigDecimal.class, Types.DECIMAL) {
    @Override
    @Nullable Object read(ResultSet row, int cell) throws SQLException {
      return row.getBigDecimal(cell);
    }

    @Override
    void bind(PreparedStatement statement, int cell, Object value) throws SQLException {
      statement.setBigDecimal(cell, (BigDecimal) value);
    }
  },
  DOUBLE(Double.class, Types.DOUBLE) {
    @Override
    @Nullable Object read(ResultSet row, int cell) throws SQLException {
      double value = row.getDouble(cell);
      return row.wasNull() ? null : value;
    }

    @Override
    void bind(PreparedStatement statement, int cell, Object value) throws SQLException {
      statement.setDouble(cell, (Double) value);
    }
  },
  FLOAT(Float.class, Types.REAL) {
    @Override
    @Nullable Object read(ResultSet row, int cell) throws SQLException {
      float value = row.getFloat(cell);
      return row.wasNull() ? null : value;
    }

    @Override
    void bind(PreparedStatement statement, int cell, Object value) throws SQLException {
      statement.setFloat(cell, (Float) value);
    }
  },
  BOOLEAN(Boolean.class, Types.BIT) {
    @Override
    @Nullable Object read(ResultSet row, int cell) throws SQLException {
      boolean value = row.getBoolean(cell);
      return row.wasNull() ? null : value;
    }

    @Override
    void bind(PreparedStatement statement, int cell, Object value) throws SQLException {
      statement.setBoolean(cell, (Boolean) value);
    }
  },
  DATE(LocalDate.class, Types.DATE) {
    @Override
    Object parse(String text) {
      return LocalDate.parse(text);
    }
  },
  TIME(LocalTime.class, Types.TIME),
  DATE_TIME(LocalDateTime.class, Types.TIMESTAMP) {
    /** As SQL writes it: a blank after the date. */
    @Override
    Object parse(String text) {
      return LocalDateTime.parse(text.replace(' ', 'T'));
    }
  },
  OFFSET_DATE_TIME(OffsetDateTime.class, Types.TIMESTAMP_WITH_TIMEZONE) {
    /** The same, and perhaps a blank before the offset. */
    @Override
    Object parse(String text) {
      int sign = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
      LocalDateTime local = (LocalDateTime) DATE_TIME.parse(text.substring(0, sign).strip());
      return local.atOffset(ZoneOffset.of(text.substring(sign)));
    }
  },
  TEXT(String.class, Types.VARCHAR) {
    @Override
    @Nullable Object read(ResultSet row, int cell) throws SQLException {
      return row.getString(cell);
    }

    @Override
    void bind(PreparedStatement statement, int cell, Object value) throws SQLException {
      statement.setString(cell, (String) value);
    }
  },
  /** Drivers differ in what class they have for it, and agree on its text. */
  UNIQUE_ID(UUID.class, Types.CHAR) {
    @Override
    @Nullable Object read(ResultSet row, int cell) throws SQLException {
      String value = row.getString(cell);
      return value == null ? null : UUID.fromString(value);
    }

    @Override
    void bind(PreparedStatement statement, int cell, Object value) throws SQLException {
      statement.setString(cell, (String) plain(value));
    }

    @Override
    Object plain(Object value) {
      return value.toString();
    }
  },
  BINARY(Bytes.class, Types.VARBINARY) {
    @Override
    @Nullable Object read(ResultSet row, int cell) throws SQLException {
      byte[] value = row.getBytes(cell);
      return value == null ? null : Bytes.of(value);
    }

    @Override
    void bind(PreparedStatement statement, int cell, Object value) throws SQLException {
      statement.setBytes(cell, (byte[]) plain(value));
    }

    @Override
    Object plain(Object value) {
      return ((Bytes) value).toArray();
    }
  },
  /** A column of eight bits, as one byte. */
  BITS(String.class, Types.VARBINARY) {
    @Override
    @Nullable Object read(ResultSet row, int cell) throws SQLException {
      byte[] value = row.getBytes(cell);
      return value == null ? null : Integer.toBinaryString(0x100 | (value[0] & 0xFF)).substring(1);
    }

    @Override
    void bind(PreparedStatement statement, int cell, Object value) throws SQLException {
      statement.setBytes(cell, (byte[]) plain(value));
    }

    @Override
    Object plain(Object value) {
      return new byte[] {(byte) Integer.parseInt((String) value, 2)};
    }
  };

  private final Class<?> canonical;
  private final int jdbcType;

  Wire(Class<?> canonical, int jdbcType) {
    this.canonical = canonical;
    this.jdbcType = jdbcType;
  }

  /** How the values of a type travel. */
  static Wire of(LogicalType type) {
    if (type == LogicalType.BIT_8) {
      return BITS;
    }
    return Arrays.stream(values())
        .filter(wire -> wire.canonical == type.canonical())
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("JDBC has no type for %s.".formatted(type.id())));
  }

  /** The value of a cell; null for NULL. */
  @Nullable Object read(ResultSet row, int cell) throws SQLException {
    return row.getObject(cell, canonical);
  }

  /** The value of a cell that the server has made a text of; null for NULL. */
  final @Nullable Object parsed(@Nullable String text) {
    return text == null ? null : parse(text);
  }

  /** Reads a text; not every type is ever one. */
  Object parse(String text) {
    throw new IllegalStateException("%s is not read as text.".formatted(this));
  }

  /** Sets a parameter to a value that is not NULL. */
  void bind(PreparedStatement statement, int cell, Object value) throws SQLException {
    statement.setObject(cell, value);
  }

  /** The value as an object of a class that JDBC has. */
  Object plain(Object value) {
    return value;
  }

  /** Sets a parameter to NULL; its type matters where the server converts nothing by itself. */
  void bindNull(PreparedStatement statement, int cell) throws SQLException {
    statement.setNull(cell, jdbcType);
  }
}
