package io.plumbline.connector.mssql.tds;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A text's statements, prepared when they are first run. */
record Plan(String text, List<Tsql> statements, Map<Tsql, PreparedStatement> prepared)
    implements AutoCloseable {

  Plan(String text, List<Tsql> statements) {
    this(text, statements, new HashMap<>());
  }

  PreparedStatement prepare(Connection backend, Tsql statement, List<@Nullable Object> values)
      throws SQLException {
    PreparedStatement known = prepared.get(statement);
    if (known == null) {
      known = backend.prepareStatement(statement.sql());
      prepared.put(statement, known);
    }
    // Where the translation left no @P0, the marks are taken to be in order.
    boolean inOrder = statement.parameters().isEmpty() && statement.sql().indexOf('?') >= 0;
    int marks = inOrder ? values.size() : statement.parameters().size();
    for (int i = 0; i < marks; i++) {
      known.setObject(i + 1, values.get(inOrder ? i : statement.parameters().get(i)));
    }
    return known;
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : prepared.values()) {
      statement.close();
    }
  }
}
