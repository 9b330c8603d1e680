package io.plumbline.connector.mssql.tds;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A call of a procedure with its parameters' values. */
record RpcCall(String procedure, List<@Nullable Object> values) {

  /** All calls of a message: it is read before it is answered, as the client reads only then. */
  static List<RpcCall> readAll(PacketReader in) throws IOException {
    in.skipHeaders();
    List<RpcCall> calls = new ArrayList<>();
    while (!in.atEnd()) {
      calls.add(read(in));
    }
    return calls;
  }

  private static RpcCall read(PacketReader in) throws IOException {
    int length = in.u16();
    String procedure = length == 0xFFFF ? known(in.u16()) : in.text(length);
    in.u16();
    List<@Nullable Object> values = new ArrayList<>();
    while (!in.atEnd()) {
      int nameLength = in.u8();
      if (nameLength == 0xFF || nameLength == 0x80) {
        break;
      }
      in.text(nameLength);
      in.u8();
      values.add(TdsType.read(in).readValue(in));
    }
    return new RpcCall(
        procedure.toLowerCase(Locale.ROOT).replaceFirst("^\\[?sys]?\\.", ""), values);
  }

  private static String known(int number) {
    return switch (number) {
      case 10 -> "sp_executesql";
      case 11 -> "sp_prepare";
      case 12 -> "sp_execute";
      case 13 -> "sp_prepexec";
      case 15 -> "sp_unprepare";
      default -> "procedure " + number;
    };
  }

  String text(int index) {
    return String.valueOf(values.get(index));
  }

  int handle() {
    return values.get(0) instanceof Long handle ? handle.intValue() : 0;
  }

  List<@Nullable Object> from(int index) {
    return values.subList(Math.min(index, values.size()), values.size());
  }
}
