package io.plumbline.connector.mssql.tds;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A statement for the backend, with the numbers of the parameters that its marks stand for. */
record Tsql(String sql, List<Integer> parameters) {

  /** The statements of a text, with {@code ?} for {@code @P0}. */
  static List<Tsql> statements(String text) {
    List<Tsql> statements = new ArrayList<>();
    StringBuilder sql = new StringBuilder();
    List<Integer> parameters = new ArrayList<>();
    for (int i = 0; i < text.length(); ) {
      int end = literalEnd(text, i);
      if (end > i) {
        sql.append(text, i, end);
      } else if (text.charAt(i) == ';') {
        add(statements, sql, parameters);
        parameters = new ArrayList<>();
        sql.setLength(0);
        end = i + 1;
      } else {
        end = parameterEnd(text, i);
        if (end > i) {
          parameters.add(Integer.parseInt(text.substring(i + 2, end)));
          sql.append('?');
        } else {
          sql.append(text.charAt(i));
          end = i + 1;
        }
      }
      i = end;
    }
    add(statements, sql, parameters);
    return statements;
  }

  private static void add(List<Tsql> statements, StringBuilder sql, List<Integer> parameters) {
    if (!sql.toString().isBlank()) {
      statements.add(new Tsql(sql.toString().strip(), List.copyOf(parameters)));
    }
  }

  /** Where a literal, a quoted name or a comment ends that starts here; here if none does. */
  private static int literalEnd(String text, int from) {
    String closing =
        switch (text.charAt(from)) {
          case '\'' -> "'";
          case '"' -> "\"";
          case '[' -> "]";
          case '-' -> text.startsWith("--", from) ? "\n" : "";
          case '/' -> text.startsWith("/*", from) ? "*/" : "";
          default -> "";
        };
    if (closing.isEmpty()) {
      return from;
    }
    // A doubled quote ends one literal and starts another, which is as good here.
    int end = text.indexOf(closing, from + 1);
    return end < 0 ? text.length() : end + closing.length();
  }

  private static int parameterEnd(String text, int from) {
    if (!text.startsWith("@P", from)) {
      return from;
    }
    int end = from + 2;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end == from + 2 ? from : end;
  }

  /** For comparison: in small letters with single spaces. */
  static String plain(String text) {
    return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }
}
