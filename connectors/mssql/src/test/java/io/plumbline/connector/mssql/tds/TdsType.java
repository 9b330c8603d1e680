package io.plumbline.connector.mssql.tds;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A type as the protocol describes it; {@code size} is in bytes, and {@link #MAX} for the types
 * whose values come in pieces.
 */
record TdsType(int code, int size, int precision, int scale, boolean fixed, Charset charset) {
  static final int MAX = 0xFFFF;
  static final int GUID = 0x24;
  static final int INT = 0x26;
  static final int DATE = 0x28;
  static final int TIME = 0x29;
  static final int DATETIME2 = 0x2A;
  static final int DATETIMEOFFSET = 0x2B;
  static final int BIT = 0x68;
  static final int DECIMAL = 0x6A;
  static final int NUMERIC = 0x6C;
  static final int FLOAT = 0x6D;
  static final int MONEY = 0x6E;
  static final int DATETIME = 0x6F;
  static final int VARBINARY = 0xA5;
  static final int VARCHAR = 0xA7;
  static final int BINARY = 0xAD;
  static final int CHAR = 0xAF;
  static final int NVARCHAR = 0xE7;
  static final int NCHAR = 0xEF;

  /** Of Latin1_General_100_CI_AS_SC: code page 1252 where a text is not Unicode. */
  private static final long COLLATION = 0x20D00409L;

  private static final int UTF_8 = 0x4000000;
  private static final int PIECE = 1 << 16;

  static TdsType of(int code, int size) {
    return new TdsType(code, size, 0, 0, false, StandardCharsets.UTF_16LE);
  }

  private static TdsType scaled(int code, int scale) {
    return new TdsType(code, 0, 0, Math.min(scale, 7), false, StandardCharsets.UTF_16LE);
  }

  private static TdsType fixed(int code, int size) {
    return new TdsType(code, size, 0, 0, true, StandardCharsets.UTF_16LE);
  }

  static TdsType of(ResultSetMetaData columns, int column) throws SQLException {
    int precision = columns.getPrecision(column);
    if ("UUID".equals(columns.getColumnTypeName(column))) {
      return of(GUID, 16);
    }
    return switch (columns.getColumnType(column)) {
      case Types.BOOLEAN, Types.BIT -> of(BIT, 1);
      case Types.TINYINT -> of(INT, 1);
      case Types.SMALLINT -> of(INT, 2);
      // What an untyped NULL is to SQL Server.
      case Types.INTEGER, Types.NULL -> of(INT, 4);
      case Types.BIGINT -> of(INT, 8);
      case Types.REAL -> of(FLOAT, 4);
      case Types.FLOAT, Types.DOUBLE -> of(FLOAT, 8);
      case Types.NUMERIC, Types.DECIMAL -> decimal(precision, columns.getScale(column));
      case Types.DATE -> of(DATE, 3);
      case Types.TIME -> scaled(TIME, columns.getScale(column));
      case Types.TIMESTAMP -> scaled(DATETIME2, columns.getScale(column));
      case Types.TIMESTAMP_WITH_TIMEZONE -> scaled(DATETIMEOFFSET, columns.getScale(column));
      case Types.BINARY -> of(precision > 8000 ? VARBINARY : BINARY, upTo(8000, precision));
      case Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> of(VARBINARY, upTo(8000, precision));
      case Types.CHAR, Types.NCHAR ->
          precision > 4000 ? of(NVARCHAR, MAX) : of(NCHAR, 2 * Math.max(precision, 1));
      default -> of(NVARCHAR, precision > 4000 ? MAX : 2 * Math.max(precision, 1));
    };
  }

  private static int upTo(int most, int precision) {
    return precision > most ? MAX : Math.max(precision, 1);
  }

  private static TdsType decimal(int precision, int scale) {
    // A backend's NUMERIC may be wider than 38 digits: its scale then has to leave room.
    int fitting = precision > 38 ? Math.min(scale, 19) : scale;
    return new TdsType(
        DECIMAL, 17, Math.min(precision, 38), fitting, false, StandardCharsets.UTF_16LE);
  }

  static TdsType read(PacketReader in) throws IOException {
    int code = in.u8();
    return switch (code) {
      case 0x1F -> fixed(INT, 0);
      case 0x30 -> fixed(INT, 1);
      case 0x32 -> fixed(BIT, 1);
      case 0x34 -> fixed(INT, 2);
      case 0x38 -> fixed(INT, 4);
      case 0x7F -> fixed(INT, 8);
      case 0x3B -> fixed(FLOAT, 4);
      case 0x3E -> fixed(FLOAT, 8);
      case 0x7A -> fixed(MONEY, 4);
      case 0x3C -> fixed(MONEY, 8);
      case 0x3A -> fixed(DATETIME, 4);
      case 0x3D -> fixed(DATETIME, 8);
      case DATE -> of(DATE, 3);
      case TIME, DATETIME2, DATETIMEOFFSET -> scaled(code, in.u8());
      case GUID, INT, BIT, FLOAT, MONEY, DATETIME -> of(code, in.u8());
      case DECIMAL, NUMERIC ->
          new TdsType(DECIMAL, in.u8(), in.u8(), in.u8(), false, StandardCharsets.UTF_16LE);
      case VARBINARY, BINARY -> of(code, in.u16());
      case VARCHAR, CHAR -> {
        int size = in.u16();
        boolean utf8 = (in.i32() & UTF_8) != 0;
        boolean sql = in.u8() != 0;
        Charset charset = utf8 && !sql ? StandardCharsets.UTF_8 : Charset.forName("windows-1252");
        yield new TdsType(code, size, 0, 0, false, charset);
      }
      case NVARCHAR, NCHAR -> {
        int size = in.u16();
        in.bytes(5);
        yield of(code, size);
      }
      default -> throw new IOException("a type of 0x%02X is not known here".formatted(code));
    };
  }

  void write(PacketWriter out) throws IOException {
    out.u8(code);
    switch (code) {
      case DATE -> {}
      case TIME, DATETIME2, DATETIMEOFFSET -> out.u8(scale);
      case DECIMAL -> out.u8(size).u8(precision).u8(scale);
      case VARBINARY, BINARY -> out.u16(size);
      case NVARCHAR, NCHAR -> collation(out.u16(size));
      default -> out.u8(size);
    }
  }

  static void collation(PacketWriter out) throws IOException {
    out.little(COLLATION, 5);
  }

  private boolean inPieces() {
    return size == MAX;
  }

  private boolean longLength() {
    return code >= VARBINARY;
  }

  @Nullable Object readValue(PacketReader in) throws IOException {
    if (inPieces()) {
      return readPieces(in);
    }
    int length = fixed ? size : longLength() ? in.u16() : in.u8();
    boolean absent = longLength() ? length == 0xFFFF : length == 0;
    return absent ? null : Values.decode(this, in.bytes(length));
  }

  /** False for a text or bytes longer than was declared, which SQL Server refuses. */
  boolean holds(@Nullable Object value) {
    int length =
        value instanceof String text
            ? text.getBytes(charset).length
            : value instanceof byte[] bytes ? bytes.length : 0;
    return inPieces() || length <= size;
  }

  private @Nullable Object readPieces(PacketReader in) throws IOException {
    if (in.i64() == -1) {
      return null;
    }
    var bytes = new ByteArrayOutputStream();
    for (int length = in.i32(); length != 0; length = in.i32()) {
      bytes.writeBytes(in.bytes(length));
    }
    return Values.decode(this, bytes.toByteArray());
  }

  void writeValue(PacketWriter out, @Nullable Object value) throws IOException {
    if (value == null) {
      writeNull(out);
      return;
    }
    byte[] bytes = Values.encode(this, value);
    if (!inPieces()) {
      out.little(bytes.length, longLength() ? 2 : 1).bytes(bytes);
      return;
    }
    out.i64(bytes.length);
    for (int from = 0; from < bytes.length; from += PIECE) {
      byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(from + PIECE, bytes.length));
      out.i32(piece.length).bytes(piece);
    }
    out.i32(0);
  }

  private void writeNull(PacketWriter out) throws IOException {
    if (inPieces()) {
      out.i64(-1);
    } else if (longLength()) {
      out.u16(0xFFFF);
    } else {
      out.u8(0);
    }
  }

  /** A column's value as {@link #writeValue} takes it. */
  @Nullable Object from(ResultSet row, int column) throws SQLException {
    return switch (code) {
      case BIT -> orNull(row, row.getBoolean(column));
      case INT -> orNull(row, row.getLong(column));
      case FLOAT -> orNull(row, row.getDouble(column));
      case DECIMAL -> row.getBigDecimal(column);
      case DATE -> row.getObject(column, LocalDate.class);
      case TIME -> row.getObject(column, LocalTime.class);
      case DATETIME2 -> row.getObject(column, LocalDateTime.class);
      case DATETIMEOFFSET -> row.getObject(column, OffsetDateTime.class);
      case GUID -> row.getObject(column, UUID.class);
      case VARBINARY, BINARY -> row.getBytes(column);
      default -> row.getString(column);
    };
  }

  private static @Nullable Object orNull(ResultSet row, Object value) throws SQLException {
    return row.wasNull() ? null : value;
  }
}
