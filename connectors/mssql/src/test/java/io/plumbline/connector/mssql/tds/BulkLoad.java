package io.plumbline.connector.mssql.tds;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The rows after an INSERT BULK, inserted in batches; all of them, or none. */
record BulkLoad(String table, UnaryOperator<String> translation, Interrupt interrupt) {
  private static final int BATCH = 250;
  private static final int COLUMNS = 0x81;
  private static final int ROW = 0xD1;

  /** The table between INSERT BULK and its columns, as it is written there. */
  static String table(String insertBulk) {
    String text = insertBulk.strip().substring("INSERT BULK".length()).strip();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted = quoted ? c != ']' : c == '[';
      if (!quoted && c == '(') {
        return text.substring(0, i).strip();
      }
    }
    return text;
  }

  long run(PacketReader in, Connection backend) throws IOException, SQLException {
    if (in.u8() != COLUMNS) {
      throw new IOException("a bulk load without columns");
    }
    List<TdsType> types = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int left = in.u16(); left > 0; left--) {
      in.bytes(4 + 2);
      types.add(TdsType.read(in));
      names.add("[" + in.text(in.u8()).replace("]", "]]") + "]");
    }
    String insert =
        names.stream()
                .collect(Collectors.joining(", ", "INSERT INTO " + table + " (", ") VALUES ("))
            + String.join(", ", Collections.nCopies(names.size(), "?"))
            + ")";
    try (PreparedStatement into = backend.prepareStatement(translation.apply(insert))) {
      long rows = 0;
      while (in.u8() == ROW) {
        for (int i = 0; i < types.size(); i++) {
          Object value = types.get(i).readValue(in);
          if (!types.get(i).holds(value)) {
            throw new SQLException(
                "Received an invalid column length from the bcp client for colid " + (i + 1) + ".");
          }
          into.setObject(i + 1, value);
        }
        into.addBatch();
        if (++rows % BATCH == 0) {
          insert(into);
        }
      }
      if (rows % BATCH != 0) {
        insert(into);
      }
      return rows;
    }
  }

  private void insert(PreparedStatement into) throws SQLException {
    interrupt.begin(into);
    try {
      into.executeBatch();
    } finally {
      interrupt.end();
    }
  }
}
