package io.plumbline.connector.mssql.tds;

import java.io.EOFException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers what a client asks after its login, from the backend's connection. */
final class Requests implements AutoCloseable {
  private static final int ANY_CASE = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;

  /** The driver's two questions about the table of a bulk load. */
  private static final Pattern COLUMNS =
      Pattern.compile("sp_executesql N'SET FMTONLY ON (SELECT .*)'\\s*", ANY_CASE);

  private static final Pattern COLLATIONS =
      Pattern.compile(
          "select collation_name, is_computed from sys\\.columns where"
              + " object_id=OBJECT_ID\\('(.*)'\\).*",
          ANY_CASE);

  private static final Pattern DEFINITION = Pattern.compile("\\s*(create|alter|drop)\\s", ANY_CASE);
  private static final Pattern UNPREPARE = Pattern.compile("EXEC sp_unprepare (\\d+)", ANY_CASE);
  private static final Pattern USE = Pattern.compile("use \\[?(.*?)]?;?", ANY_CASE);

  private final Connection backend;
  private final Transactions transactions;
  private final UnaryOperator<String> translation;
  private final Consumer<String> received;
  private final Interrupt interrupt;
  private final Tokens tokens;
  private final Map<Integer, Plan> handles = new HashMap<>();
  private int lastHandle;
  private @Nullable BulkLoad announced;

  Requests(
      Connection backend,
      Transactions.Commit commit,
      UnaryOperator<String> translation,
      Consumer<String> received,
      Interrupt interrupt,
      Tokens tokens,
      Semaphore definitions) {
    this.backend = backend;
    this.transactions = new Transactions(backend, commit, definitions);
    this.translation = translation;
    this.received = received;
    this.interrupt = interrupt;
    this.tokens = tokens;
  }

  void batch(String text) throws IOException {
    received.accept(text);
    try {
      Matcher columns = COLUMNS.matcher(text);
      Matcher collations = COLLATIONS.matcher(text);
      Matcher use = USE.matcher(text.strip());
      if (columns.matches()) {
        describe(columns.group(1), false);
      } else if (collations.matches()) {
        describe("SELECT * FROM " + collations.group(1), true);
      } else if (use.matches()) {
        tokens.environment(1, use.group(1));
        tokens.done(Tokens.DONE, 0, 0);
      } else if (Tsql.plain(text).startsWith("insert bulk ")) {
        announced = new BulkLoad(BulkLoad.table(text), translation, interrupt);
        tokens.done(Tokens.DONE, 0, 0);
      } else {
        try (Plan plan = plan(text)) {
          run(plan, List.of(), false);
        }
      }
    } catch (SQLException e) {
      failed(e);
      tokens.done(Tokens.DONE, Tokens.ERROR, 0);
    }
  }

  private void describe(String select, boolean collations) throws IOException, SQLException {
    String sql = translation.apply(select.replace("''", "'"));
    try (PreparedStatement statement = backend.prepareStatement(sql)) {
      if (collations) {
        tokens.collations(statement.getMetaData());
      } else {
        tokens.columns(statement.getMetaData());
      }
    }
    tokens.done(Tokens.DONE, 0, Tokens.SELECT);
  }

  /** What the backend is to be asked instead: known statements are not translated. */
  private Plan plan(String text) throws SQLException {
    List<Tsql> own = Tsql.statements(text);
    Matcher unprepare = UNPREPARE.matcher("");
    if (own.stream().allMatch(statement -> unprepare.reset(statement.sql()).matches())) {
      for (Tsql statement : own) {
        unprepare(Integer.parseInt(statement.sql().replaceAll("\\D", "")));
      }
      return new Plan(text, List.of());
    }
    if (own.size() == 1 && transactions.does(own.get(0).sql())) {
      return new Plan(text, List.of());
    }
    if (text.contains("SERVERPROPERTY('EngineEdition')")) {
      return new Plan(text, Tsql.statements("SELECT 3"));
    }
    try {
      return new Plan(text, Tsql.statements(translation.apply(text)));
    } catch (RuntimeException e) {
      throw new SQLException("the translation failed: " + e, e);
    }
  }

  private void run(Plan plan, List<@Nullable Object> values, boolean called)
      throws IOException, SQLException {
    int token = called ? Tokens.DONE_IN_PROCEDURE : Tokens.DONE;
    int left = plan.statements().size();
    if (left == 0) {
      tokens.done(token, called ? Tokens.MORE : 0, Tokens.CREATE);
    }
    for (Tsql statement : plan.statements()) {
      left--;
      int status = called || left > 0 ? Tokens.MORE : 0;
      if (transactions.does(statement.sql())) {
        tokens.done(token, status, Tokens.CREATE);
      } else {
        PreparedStatement prepared = plan.prepare(backend, statement, values);
        interrupt.begin(prepared);
        try {
          long count =
              Tokens.changes(statement.sql())
                  ? change(prepared)
                  : DEFINITION.matcher(statement.sql()).lookingAt()
                      ? transactions.define(() -> run(prepared))
                      : run(prepared);
          tokens.doneWithCount(token, status, statement.sql(), count);
        } finally {
          interrupt.end();
        }
      }
    }
  }

  private long change(PreparedStatement statement) throws SQLException {
    return transactions.whole(statement::executeLargeUpdate);
  }

  private long run(PreparedStatement statement) throws IOException, SQLException {
    return statement.execute() ? rows(statement) : statement.getLargeUpdateCount();
  }

  private long rows(PreparedStatement statement) throws IOException, SQLException {
    try (ResultSet row = statement.getResultSet()) {
      TdsType[] types = tokens.columns(row.getMetaData());
      long rows = 0;
      for (; row.next(); rows++) {
        if (interrupt.requested()) {
          throw new SQLException("cancelled between rows", "57014");
        }
        tokens.row();
        for (int i = 0; i < types.length; i++) {
          tokens.value(types[i], types[i].from(row, i + 1));
        }
      }
      return rows;
    }
  }

  /** A client that cancelled is told so by the acknowledgement and not by an error. */
  private void failed(SQLException e) throws IOException {
    if (gone()) {
      throw new EOFException("The backend is gone: " + e.getMessage());
    }
    if (!interrupt.requested()) {
      tokens.error(e);
    }
  }

  /** Then the server is gone, too. */
  private boolean gone() {
    try {
      return !backend.isValid(1);
    } catch (SQLException e) {
      return true;
    }
  }

  void calls(List<RpcCall> calls) throws IOException {
    int left = calls.size();
    for (RpcCall call : calls) {
      int status = --left > 0 ? Tokens.MORE | Tokens.CALL_IN_BATCH : 0;
      boolean gives = call.procedure().matches("sp_prepexec|sp_prepare");
      @Nullable Integer handle = gives ? ++lastHandle : null;
      int result = 0;
      try {
        call(call, handle);
      } catch (SQLException e) {
        failed(e);
        status |= Tokens.ERROR;
        result = 1;
      }
      tokens.returnStatus(result);
      if (gives) {
        tokens.returnHandle(handles.containsKey(lastHandle) ? handle : null);
      }
      tokens.done(Tokens.DONE_PROCEDURE, status, Tokens.EXECUTE);
    }
  }

  private void call(RpcCall call, @Nullable Integer handle) throws IOException, SQLException {
    switch (call.procedure()) {
      case "sp_executesql" -> {
        received.accept(call.text(0));
        try (Plan plan = plan(call.text(0))) {
          run(plan, call.from(2), true);
        }
      }
      case "sp_prepexec", "sp_prepare" -> {
        unprepare(call.handle());
        received.accept(call.text(2));
        Plan plan = plan(call.text(2));
        if (handle != null) {
          handles.put(handle, plan);
        }
        if (call.procedure().equals("sp_prepexec")) {
          run(plan, call.from(3), true);
        }
      }
      case "sp_execute" -> {
        Plan plan = handles.get(call.handle());
        if (plan == null) {
          throw new SQLException("Could not find prepared statement with handle " + call.handle());
        }
        received.accept(plan.text());
        run(plan, call.from(1), true);
      }
      case "sp_unprepare" -> unprepare(call.handle());
      default -> {
        String text = "EXEC " + call.procedure();
        received.accept(text);
        try (Plan plan = plan(text)) {
          run(plan, call.from(0), true);
        }
      }
    }
  }

  private void unprepare(int handle) throws SQLException {
    Plan plan = handles.remove(handle);
    if (plan != null) {
      plan.close();
    }
  }

  void bulkLoad(PacketReader in) throws IOException {
    BulkLoad load = announced;
    announced = null;
    try {
      if (load == null) {
        throw new SQLException("rows without an INSERT BULK");
      }
      long count = transactions.whole(() -> load.run(in, backend));
      in.finish();
      tokens.doneWithCount(Tokens.DONE, 0, "insert", count);
    } catch (SQLException e) {
      in.finish();
      failed(e);
      tokens.done(Tokens.DONE, Tokens.ERROR, 0);
    }
  }

  @Override
  public void close() throws SQLException {
    try (transactions) {
      if (!backend.getAutoCommit()) {
        backend.rollback();
      }
    }
  }
}
