package io.plumbline.connector.bigquery.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** The datasets of a project, in DuckDB's memory. One thing happens at a time. */
final class Warehouse implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String ARRIVED = "arrived";

  private final Connection connection;
  private final GoogleSql language = new GoogleSql();
  private final Map<String, Map<String, List<ServiceColumn>>> datasets = new TreeMap<>();

  Warehouse() throws SQLException {
    this.connection = DriverManager.getConnection("jdbc:duckdb:");
  }

  /** The rows of a query. */
  record Result(List<List<@Nullable String>> rows) {}

  synchronized List<String> datasets() {
    return List.copyOf(datasets.keySet());
  }

  /** With their datasets. */
  synchronized List<String> allTables() {
    List<String> all = new ArrayList<>();
    datasets.forEach(
        (dataset, tables) -> tables.keySet().forEach(table -> all.add(dataset + "." + table)));
    return all;
  }

  synchronized void createDataset(String dataset) throws Refused {
    if (datasets.containsKey(dataset)) {
      throw Refused.duplicate("Dataset " + dataset);
    }
    execute("CREATE SCHEMA \"%s\"".formatted(dataset));
    datasets.put(dataset, new TreeMap<>());
  }

  synchronized void dropDataset(String dataset, boolean withContents) throws Refused {
    if (!withContents && !tables(dataset).isEmpty()) {
      throw new Refused(400, "resourceInUse", "Dataset %s is still in use".formatted(dataset));
    }
    tables(dataset);
    execute("DROP SCHEMA \"%s\" CASCADE".formatted(dataset));
    datasets.remove(dataset);
    language.removeDataset(dataset);
  }

  synchronized List<ServiceColumn> table(String dataset, String table) throws Refused {
    List<ServiceColumn> columns = tables(dataset).get(table);
    if (columns == null) {
      throw Refused.notFound("Table %s.%s".formatted(dataset, table));
    }
    return columns;
  }

  /** By name. */
  synchronized Map<String, List<ServiceColumn>> tables(String dataset) throws Refused {
    Map<String, List<ServiceColumn>> tables = datasets.get(dataset);
    if (tables == null) {
      throw Refused.notFound("Dataset " + dataset);
    }
    return tables;
  }

  synchronized void dropTable(String dataset, String table) throws Refused {
    table(dataset, table);
    execute("DROP TABLE \"%s\".\"%s\"".formatted(dataset, table));
    tables(dataset).remove(table);
    language.removeTable(dataset, table);
  }

  /** Carries a statement out, as a whole or not at all. */
  synchronized Result run(Statement statement) throws Refused {
    if (statement.creates()) {
      create(statement);
      return new Result(List.of());
    }
    language.check(statement.text());
    if (statement.selects()) {
      return new Result(select(statement.duck()));
    }
    execute(statement.duck());
    return new Result(List.of());
  }

  private void create(Statement statement) throws Refused {
    Optional<Statement.Created> as = statement.createdAs();
    Statement.Created created = as.isPresent() ? as.get() : statement.created();
    if (tables(created.dataset()).containsKey(created.table())) {
      throw Refused.duplicate("Table %s.%s".formatted(created.dataset(), created.table()));
    }
    language.check(statement.text());
    execute(as.isPresent() ? statement.duck() : created.duck());
    tables(created.dataset()).put(created.table(), created.columns());
  }

  private void execute(String sql) throws Refused {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw Refused.invalidQuery(String.valueOf(e.getMessage()));
    }
  }

  /** Cells as the REST API writes them. */
  private List<List<@Nullable String>> select(String sql) throws Refused {
    List<List<@Nullable String>> rows = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet result = statement.executeQuery()) {
      ResultSetMetaData columns = result.getMetaData();
      List<String> types = new ArrayList<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        types.add(columns.getColumnTypeName(i));
      }
      while (result.next()) {
        List<@Nullable String> row = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
          Object value =
              types.get(i).equals("TIMESTAMP")
                  ? result.getObject(i + 1, LocalDateTime.class)
                  : result.getObject(i + 1);
          row.add(value == null ? null : cell(value));
        }
        rows.add(row);
      }
    } catch (SQLException e) {
      throw Refused.invalidQuery(String.valueOf(e.getMessage()));
    }
    return rows;
  }

  private static String cell(Object value) {
    if (value instanceof LocalDateTime time) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    }
    if (value instanceof LocalTime time) {
      return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
    }
    return value instanceof BigDecimal number
        ? number.stripTrailingZeros().toPlainString()
        : value.toString();
  }

  /**
   * Appends the rows of a load job, all of them or none.
   *
   * @return how many
   */
  synchronized long load(String dataset, String table, InputStream rows) throws Refused {
    List<ServiceColumn> columns = table(dataset, table);
    try {
      execute("BEGIN TRANSACTION");
      try {
        long count = arrive(columns, rows);
        List<String> values = new ArrayList<>();
        for (ServiceColumn column : columns) {
          values.add(column.fromText("\"" + column.name() + "\""));
        }
        execute(
            "INSERT INTO \"%s\".\"%s\" SELECT %s FROM %s"
                .formatted(dataset, table, String.join(", ", values), ARRIVED));
        execute("DROP TABLE " + ARRIVED);
        execute("COMMIT");
        return count;
      } catch (Refused | IOException | SQLException e) {
        execute("ROLLBACK");
        throw e;
      }
    } catch (IOException | SQLException e) {
      throw Refused.invalid("Error while reading data, error message: " + e.getMessage());
    }
  }

  private long arrive(List<ServiceColumn> columns, InputStream rows)
      throws Refused, IOException, SQLException {
    List<String> texts = columns.stream().map(c -> "\"%s\" VARCHAR".formatted(c.name())).toList();
    execute("CREATE TEMP TABLE %s (%s)".formatted(ARRIVED, String.join(", ", texts)));
    Map<String, ServiceColumn> byName = new LinkedHashMap<>();
    columns.forEach(column -> byName.put(column.name(), column));
    long count = 0;
    try (DuckDBAppender appender =
            connection.unwrap(DuckDBConnection.class).createAppender("temp", "main", ARRIVED);
        JsonParser json = JSON.createParser(rows)) {
      while (json.nextToken() == JsonToken.START_OBJECT) {
        Map<String, String> row = row(json, byName);
        appender.beginRow();
        for (ServiceColumn column : columns) {
          String text = row.get(column.name());
          if (text == null && column.required()) {
            throw Refused.invalid("Missing required field: " + column.name());
          }
          if (text == null) {
            appender.appendNull();
          } else {
            appender.append(text);
          }
        }
        appender.endRow();
        count++;
      }
    }
    return count;
  }

  private static Map<String, String> row(JsonParser json, Map<String, ServiceColumn> columns)
      throws Refused, IOException {
    Map<String, String> row = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      ServiceColumn column = columns.get(name);
      if (column == null) {
        throw Refused.invalid("No such field: " + name);
      }
      if (!seen.add(name)) {
        throw Refused.invalid("Repeated field: " + name);
      }
      JsonToken token = json.nextToken();
      if (token.isStructStart()) {
        throw column.refusal(token.toString());
      }
      if (token != JsonToken.VALUE_NULL) {
        row.put(name, column.text(token, json.getText()));
      }
    }
    return row;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
