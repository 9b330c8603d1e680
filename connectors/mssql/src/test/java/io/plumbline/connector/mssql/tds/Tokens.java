package io.plumbline.connector.mssql.tds;

import java.io.IOException;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The tokens that a server's answers are made of. */
final class Tokens {
  static final int DONE = 0xFD;
  static final int DONE_PROCEDURE = 0xFE;
  static final int DONE_IN_PROCEDURE = 0xFF;

  static final int MORE = 0x01;
  static final int ERROR = 0x02;
  static final int ATTENTION = 0x20;
  static final int CALL_IN_BATCH = 0x80;
  private static final int COUNT = 0x10;

  static final int SELECT = 0xC1;

  /** The driver takes anything but SELECT, and no command, for DML or DDL: this is of DDL. */
  static final int CREATE = 0xC6;

  static final int EXECUTE = 0xE0;

  private final PacketWriter out;

  Tokens(PacketWriter out) {
    this.out = out;
  }

  void done(int token, int status, int command) throws IOException {
    out.u8(token).u16(status).u16(command).i64(0);
  }

  void doneWithCount(int token, int status, String sql, long count) throws IOException {
    int command = command(sql);
    boolean counted = command != CREATE;
    out.u8(token).u16(counted ? status | COUNT : status).u16(command).i64(counted ? count : 0);
  }

  /** Whether a statement changes rows. */
  static boolean changes(String sql) {
    return command(sql) != CREATE && command(sql) != SELECT;
  }

  private static int command(String sql) {
    String[] words = sql.strip().split("\\W+", 2);
    return switch (words[0].toLowerCase(Locale.ROOT)) {
      case "select" -> SELECT;
      case "insert" -> 0xC3;
      case "delete" -> 0xC4;
      case "update" -> 0xC5;
      case "merge" -> 0x117;
      default -> CREATE;
    };
  }

  void error(SQLException e) throws IOException {
    String state = String.valueOf(e.getSQLState());
    int number =
        switch (state) {
          case "23505" -> 2627;
          case "42S02", "42S03", "42S04" -> 208;
          case "HYT00" -> 1222;
          case "40001" -> 1205;
          // What H2 calls a general error is one of its files; here, a disk without space.
          case "HY000" -> 1105;
          default -> 50000;
        };
    error(number, String.valueOf(e.getMessage()));
  }

  void error(int number, String message) throws IOException {
    String text = message.substring(0, Math.min(message.length(), 2000));
    String server = "TDS";
    out.u8(0xAA).u16(4 + 2 + 2 + 2 * text.length() + 1 + 2 * server.length() + 1 + 4);
    out.i32(number).u8(1).u8(number == 2627 || number == 18456 ? 14 : 16);
    out.text(text).shortText(server).shortText("").i32(1);
  }

  /** Of what the client has to know of its session; {@code before} is not read by the driver. */
  void environment(int kind, String now) throws IOException {
    out.u8(0xE3).u16(1 + 1 + 2 * now.length() + 1).u8(kind).shortText(now).shortText("");
  }

  void collation() throws IOException {
    out.u8(0xE3).u16(1 + 1 + 5 + 1).u8(7).u8(5);
    TdsType.collation(out);
    out.u8(0);
  }

  void loginAcknowledged() throws IOException {
    String program = "Microsoft SQL Server";
    out.u8(0xAD).u16(1 + 4 + 1 + 2 * program.length() + 4).u8(1);
    out.bytes(new byte[] {0x74, 0, 0, 4})
        .shortText(program)
        .bytes(new byte[] {16, 0, 3, (byte) 0xE8});
  }

  void noFeatures() throws IOException {
    out.u8(0xAE).u8(0xFF);
  }

  TdsType[] columns(ResultSetMetaData columns) throws IOException, SQLException {
    var types = new TdsType[columns.getColumnCount()];
    out.u8(0x81).u16(types.length);
    for (int i = 1; i <= types.length; i++) {
      types[i - 1] = TdsType.of(columns, i);
      int nullable = columns.isNullable(i) == ResultSetMetaData.columnNoNulls ? 0 : 1;
      out.i32(0).u16(nullable | (columns.isAutoIncrement(i) ? 0x10 : 0));
      types[i - 1].write(out);
      String label = columns.getColumnLabel(i);
      out.shortText(label.substring(0, Math.min(label.length(), 128)));
    }
    return types;
  }

  /** For the driver's question whether columns are computed, and in which collation they are. */
  void collations(ResultSetMetaData columns) throws IOException, SQLException {
    TdsType name = TdsType.of(TdsType.NVARCHAR, 256);
    TdsType computed = TdsType.of(TdsType.BIT, 1);
    out.u8(0x81).u16(2).i32(0).u16(1);
    name.write(out);
    out.shortText("collation_name").i32(0).u16(1);
    computed.write(out);
    out.shortText("is_computed");
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      int code = TdsType.of(columns, i).code();
      boolean text = code == TdsType.NVARCHAR || code == TdsType.NCHAR;
      row();
      name.writeValue(out, text ? "Latin1_General_100_CI_AS_SC" : null);
      computed.writeValue(out, false);
    }
  }

  void row() throws IOException {
    out.u8(0xD1);
  }

  void value(TdsType type, @Nullable Object value) throws IOException {
    type.writeValue(out, value);
  }

  void returnStatus(int status) throws IOException {
    out.u8(0x79).i32(status);
  }

  void returnHandle(@Nullable Integer handle) throws IOException {
    TdsType type = TdsType.of(TdsType.INT, 4);
    out.u8(0xAC).u16(0).shortText("").u8(1).i32(0).u16(0);
    type.write(out);
    type.writeValue(out, handle);
  }

  void endMessage() throws IOException {
    out.endMessage();
  }

  /** The answer to a client's first message: SQL Server 2022 that does not encrypt. */
  void prelogin() throws IOException {
    out.bytes(new byte[] {0, 0, 11, 0, 6, 1, 0, 17, 0, 1, (byte) 0xFF});
    out.bytes(new byte[] {16, 0, 3, (byte) 0xE8, 0, 0, 2});
    endMessage();
  }
}
