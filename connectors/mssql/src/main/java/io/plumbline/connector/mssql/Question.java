package io.plumbline.connector.mssql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What is asked of a server to find out what it can do. */
final class Question {
  private Question() {}

  /** The first cell of the answer; empty when there is none. */
  static String ask(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(query)) {
      return answer.next() ? String.valueOf(answer.getString(1)) : "";
    }
  }

  /** A refusal is an answer, a lost connection is none. */
  static void assertAnswered(Connection connection, SQLException refusal) throws SQLException {
    if (!connection.isValid(1)) {
      throw refusal;
    }
  }
}
