package io.plumbline.connector.mssql.capture;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.api.ErrorCode;

/**
 * Change data capture as a client of SQL Server sees it, done by H2's triggers. The capture job is
 * slow: whoever asks how far it has come is told what was committed when somebody asked before.
 */
public final class Captures {
  private static final Pattern ENABLE =
      Pattern.compile(
          "IF NOT EXISTS \\(SELECT 1 FROM sys\\.tables WHERE object_id = OBJECT_ID\\(N'([^']+)'\\) AND is_tracked_by_cdc = 1\\) EXEC sys\\.sp_cdc_enable_table @source_schema = N'([^']+)', @source_name = N'([^']+)', @role_name = NULL, @capture_instance = N'([^']+)', @supports_net_changes = 0");

  private static final Pattern DISABLE =
      Pattern.compile(
          "IF EXISTS \\(SELECT 1 FROM sys\\.tables WHERE object_id = OBJECT_ID\\(N'([^']+)'\\) AND is_tracked_by_cdc = 1\\) EXEC sys\\.sp_cdc_disable_table @source_schema = N'([^']+)', @source_name = N'([^']+)', @capture_instance = N'([^']+)'");

  private static final Pattern DROP =
      Pattern.compile("DROP TABLE (?:IF EXISTS )?(\\[.+?]\\.\\[.+?])");

  private static final Pattern CREATE =
      Pattern.compile("IF OBJECT_ID\\(N'.+?', N'U'\\) IS NULL CREATE TABLE (.+?);");

  private static final Pattern CHANGES =
      Pattern.compile("cdc\\.\\[fn_cdc_get_all_changes_(.+?)]\\(@P0, ?@P1, ?N'all update old'\\)");

  private static final String MAPPING = "FROM cdc.lsn_time_mapping WHERE ";

  private static final Pattern TRACK =
      Pattern.compile(
          "IF NOT EXISTS \\(SELECT 1 FROM sys\\.change_tracking_tables WHERE object_id = OBJECT_ID\\(N'.+?'\\)\\) ALTER TABLE \\[(.+?)]\\.\\[(.+?)] ENABLE CHANGE_TRACKING");

  private static final Pattern TRACKED =
      Pattern.compile("CHANGETABLE\\(CHANGES \\[(.+?)]\\.\\[(.+?)], (\\d+)\\)");

  /** Asked by Debezium, and by the driver for it. */
  private static final Map<String, String> ANSWERS = new LinkedHashMap<>();

  static {
    ANSWERS.put("SELECT DB_NAME()", "SELECT 'master'");
    ANSWERS.put("SELECT name FROM sys.databases WHERE name = ", "SELECT CAST(@P0 AS varchar(128))");
    ANSWERS.put(
        "sp_cdc_help_change_data_capture", "SELECT capture_instance FROM cdc.change_tables");
    ANSWERS.put("fn_cdc_increment_lsn", "SELECT cdc.AFTER(CAST(@P0 AS varbinary))");
    ANSWERS.put(
        "EXEC sp_tables",
        "SELECT 'master' TABLE_CAT, TABLE_SCHEMA TABLE_SCHEM, TABLE_NAME, 'TABLE' TABLE_TYPE, NULL REMARKS FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA <> 'INFORMATION_SCHEMA'");
    ANSWERS.put(
        "EXEC sp_pkeys",
        """
        SELECT 'master' TABLE_CAT, k.TABLE_SCHEMA TABLE_SCHEM, k.TABLE_NAME, k.COLUMN_NAME, CAST(k.ORDINAL_POSITION AS smallint) KEY_SEQ, k.CONSTRAINT_NAME PK_NAME
        FROM INFORMATION_SCHEMA.KEY_COLUMN_USAGE k WHERE k.TABLE_NAME = @P0 AND k.TABLE_SCHEMA = @P1""");
    ANSWERS.put(
        "sp_columns_100",
        """
        SELECT 'master' TABLE_CAT, TABLE_SCHEMA TABLE_SCHEM, TABLE_NAME, COLUMN_NAME,
        CASE DATA_TYPE WHEN 'BIGINT' THEN -5 ELSE -9 END DATA_TYPE,
        CASE DATA_TYPE WHEN 'BIGINT' THEN 'bigint' ELSE 'nvarchar' END TYPE_NAME,
        100 COLUMN_SIZE, 100 BUFFER_LENGTH, CAST(NULL AS int) DECIMAL_DIGITS, 10 NUM_PREC_RADIX, 1 NULLABLE,
        CAST(NULL AS varchar) REMARKS, CAST(NULL AS varchar) COLUMN_DEF, 0 SQL_DATA_TYPE, 0 SQL_DATETIME_SUB,
        100 CHAR_OCTET_LENGTH, CAST(ORDINAL_POSITION AS int) ORDINAL_POSITION, 'YES' IS_NULLABLE,
        CAST(NULL AS varchar) SCOPE_CATALOG, CAST(NULL AS varchar) SCOPE_SCHEMA, CAST(NULL AS varchar) SCOPE_TABLE,
        0 SOURCE_DATA_TYPE, 'NO' IS_AUTOINCREMENT, 'NO' IS_GENERATEDCOLUMN
        FROM INFORMATION_SCHEMA.COLUMNS
        WHERE TABLE_NAME LIKE REPLACE(@P0, '[_]', '\\_') AND TABLE_SCHEMA LIKE REPLACE(@P1, '[_]', '\\_') ORDER BY TABLE_SCHEMA, TABLE_NAME, 17""");
  }

  /** Whether dropping a table ends that its changes are noted. */
  private static final boolean GOES_WITH_TABLE = true;

  private static final boolean STAYS = false;

  private final String enabled;
  private final String agent;
  private final Map<String, Boolean> tables = new TreeMap<>();
  private long last = 100;
  private long seen;
  private long captured;
  private long oldest;
  private int deadlocks;

  /**
   * Of a server.
   *
   * @param enabled what it says of its database: 1, 0, or nothing that is SQL where it fails
   * @param agent what it says of the Agent; the same
   */
  public Captures(String enabled, String agent) {
    this.enabled = enabled;
    this.agent = agent;
  }

  /** What H2 needs for it. */
  public void prepare(Connection database) throws SQLException {
    String here = Captures.class.getName();
    try (Statement statement = database.createStatement()) {
      statement.execute("CREATE SCHEMA cdc");
      statement.execute("CREATE SEQUENCE cdc.places");
      statement.execute("CREATE SEQUENCE cdc.objects");
      statement.execute("CREATE ALIAS cdc.LSN DETERMINISTIC FOR '%s.lsn'".formatted(here));
      statement.execute("CREATE ALIAS cdc.AFTER DETERMINISTIC FOR '%s.after'".formatted(here));
      statement.execute("CREATE ALIAS cdc.VERSION DETERMINISTIC FOR '%s.version'".formatted(here));
      statement.execute(
          "CREATE TABLE cdc.change_tables (object_id int, version int, source_object_id int, capture_instance varchar(128), start_lsn binary(10), create_date timestamp, source_schema varchar(128), source_name varchar(128))");
      statement.execute(
          "CREATE TABLE cdc.captured_columns (object_id int, column_name varchar(128), column_id int)");
      statement.execute(
          "CREATE TABLE cdc.lsn_time_mapping (start_lsn binary(10), tran_id varbinary(10))");
    }
  }

  /** Called by H2: a number as ten bytes. */
  public static byte[] lsn(long number) {
    return ByteBuffer.allocate(10).putShort((short) 0).putLong(number).array();
  }

  /** Called by H2: the number of such bytes. */
  public static long version(byte[] lsn) {
    return ByteBuffer.wrap(lsn).getLong(2);
  }

  /** Called by H2: the next of such numbers. */
  public static byte[] after(byte[] lsn) {
    return lsn(version(lsn) + 1);
  }

  /** Makes the next ones who enable or disable the victims of deadlocks. */
  public synchronized void deadlock(int times) {
    deadlocks = times;
  }

  /** Forgets the changes that were tracked so far. */
  public synchronized void forget() {
    oldest = last + 1;
  }

  static String changeTable(String instance) {
    return "cdc.[" + instance + "_CT]";
  }

  /** Commits, and gives what was captured the LSN of this commit. */
  public synchronized void commit(Connection backend) throws SQLException {
    boolean any = false;
    for (String instance : tables.keySet()) {
      any |= numbered(backend, changeTable(instance));
    }
    if (any) {
      try (PreparedStatement insert =
          backend.prepareStatement("INSERT INTO cdc.lsn_time_mapping VALUES (?, X'01')")) {
        insert.setBytes(1, lsn(++last));
        insert.executeUpdate();
      }
    }
    backend.commit();
  }

  /** Another session may be making or dropping the change table: then it has no row of this one. */
  private boolean numbered(Connection backend, String changes) throws SQLException {
    try (PreparedStatement update =
        backend.prepareStatement(
            "UPDATE %s SET [__$start_lsn] = ? WHERE [__$start_lsn] IS NULL".formatted(changes))) {
      update.setBytes(1, lsn(last + 1));
      return update.executeUpdate() > 0;
    } catch (SQLException e) {
      if (e.getErrorCode() == ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1) {
        return false;
      }
      throw e;
    }
  }

  /** H2's SQL for a text about changes; the text itself when it is about anything else. */
  public synchronized String translated(String text) {
    String sql = text.replace("[master].", "");
    if (sql.contains("sp_getapplock")) {
      return inTurn(sql);
    }
    Matcher track = TRACK.matcher(sql);
    if (track.matches()) {
      String instance = track.group(1) + "_" + track.group(2);
      return tables.put(instance, GOES_WITH_TABLE) == null
          ? enabled(track.group(1), track.group(2), instance)
          : "";
    }
    Matcher drop = DROP.matcher(sql);
    if (drop.matches()) {
      String instance = drop.group(1).replace("].[", "_").replaceAll("[\\[\\]]", "");
      return tables.remove(instance, GOES_WITH_TABLE)
          ? disabled(drop.group(1), instance) + sql
          : sql;
    }
    if (sql.contains("is_cdc_enabled")) {
      return "SELECT " + enabled;
    }
    if (sql.contains("dm_server_services")) {
      return agent.equals("<error>") ? agent : "SELECT '%s'".formatted(agent);
    }
    for (Map.Entry<String, String> answer : ANSWERS.entrySet()) {
      if (sql.contains(answer.getKey())) {
        return answer.getValue();
      }
    }
    if (sql.contains(MAPPING)) {
      return sql.replace(MAPPING, MAPPING + "start_lsn <= " + captured() + " AND ");
    }
    if (sql.contains("sys.change_tracking_databases")) {
      return "SELECT " + enabled;
    }
    if (sql.contains("CHANGE_TRACKING_CURRENT_VERSION")) {
      return "SELECT " + last;
    }
    if (sql.contains("CHANGE_TRACKING_MIN_VALID_VERSION")) {
      return "SELECT " + oldest;
    }
    Matcher tracked = TRACKED.matcher(sql);
    if (tracked.find()) {
      return tracked.replaceFirst(
          Matcher.quoteReplacement(
              tracked(
                  tracked.group(1) + "_" + tracked.group(2), Long.parseLong(tracked.group(3)))));
    }
    if (sql.startsWith("SELECT mark, ")) {
      return sql + " AND [__$start_lsn] <= " + captured();
    }
    sql = CHANGES.matcher(sql).replaceAll("cdc.[$1_CT]");
    return sql.replaceAll(
            "OBJECT_SCHEMA_NAME\\(source_object_id, DB_ID\\(@P\\d\\)\\)", "source_schema")
        .replaceAll("OBJECT_NAME\\(source_object_id, DB_ID\\(@P\\d\\)\\)", "source_name")
        .replace(
            "TODATETIMEOFFSET(sys.fn_cdc_map_lsn_to_time([__$start_lsn]), DATEPART(TZOFFSET, SYSDATETIMEOFFSET()))",
            "CURRENT_TIMESTAMP");
  }

  /** A batch that enables, disables, or finds that somebody else was in its way. */
  private String inTurn(String batch) {
    if (deadlocks > 0) {
      deadlocks--;
      return "CALL SIGNAL('40001', 'deadlocked')";
    }
    StringBuilder script = new StringBuilder();
    CREATE
        .matcher(batch)
        .results()
        .forEach(
            found ->
                script.append("CREATE TABLE IF NOT EXISTS ").append(found.group(1)).append(';'));
    // All change tables are there before a commit looks into them.
    StringBuilder then = new StringBuilder();
    ENABLE
        .matcher(batch)
        .results()
        .filter(found -> tables.put(found.group(4), STAYS) == null)
        .forEach(
            found -> {
              script.append(noted(found.group(2), found.group(3), found.group(4)));
              then.append(enlisted(found.group(2), found.group(3), found.group(4)));
            });
    script.append(then);
    DISABLE
        .matcher(batch)
        .results()
        .filter(found -> tables.remove(found.group(4)) != null)
        .forEach(found -> script.append(disabled(found.group(1), found.group(4))));
    return script.toString();
  }

  private String enabled(String schema, String table, String instance) {
    return noted(schema, table, instance) + enlisted(schema, table, instance);
  }

  private static String noted(String schema, String table, String instance) {
    return "CREATE TABLE %s AS SELECT CAST(NULL AS binary(10)) [__$start_lsn], CAST(NULL AS binary(10)) [__$seqval], CAST(NULL AS int) [__$operation], CAST(NULL AS varbinary(128)) [__$update_mask], t.* FROM [%s].[%s] t WHERE 1 = 0;"
        .formatted(changeTable(instance), schema, table);
  }

  private String enlisted(String schema, String table, String instance) {
    return """
        CREATE TRIGGER [{schema}].[{table}_before] BEFORE UPDATE, DELETE ON [{schema}].[{table}] FOR EACH ROW CALL '{trigger}';
        CREATE TRIGGER [{schema}].[{table}_after] AFTER INSERT, UPDATE ON [{schema}].[{table}] FOR EACH ROW CALL '{trigger}';
        INSERT INTO cdc.change_tables SELECT NEXT VALUE FOR cdc.objects, 0, CURRENT VALUE FOR cdc.objects, '{instance}', X'{begin}', CURRENT_TIMESTAMP, '{schema}', '{table}';
        INSERT INTO cdc.captured_columns SELECT t.object_id, c.COLUMN_NAME, c.ORDINAL_POSITION FROM cdc.change_tables t JOIN INFORMATION_SCHEMA.COLUMNS c ON c.TABLE_SCHEMA = t.source_schema AND c.TABLE_NAME = t.source_name WHERE t.capture_instance = '{instance}';"""
        .replace("{schema}", schema)
        .replace("{table}", table)
        .replace("{instance}", instance)
        .replace("{begin}", HexFormat.of().formatHex(lsn(++last)))
        .replace("{trigger}", CaptureTrigger.class.getName());
  }

  /** How far the capture job has come. */
  private String captured() {
    captured = seen;
    seen = last;
    return "X'%s'".formatted(HexFormat.of().formatHex(lsn(captured)));
  }

  /** Of each key the last change since a version. */
  private static String tracked(String instance, long version) {
    return "(SELECT id, CASE MAX([__$operation]) WHEN 1 THEN 'D' WHEN 2 THEN 'I' ELSE 'U' END SYS_CHANGE_OPERATION, cdc.VERSION(MAX([__$start_lsn])) SYS_CHANGE_VERSION FROM %s WHERE [__$start_lsn] > X'%s' AND [__$operation] <> 3 GROUP BY id)"
        .formatted(changeTable(instance), HexFormat.of().formatHex(lsn(version)));
  }

  private String disabled(String table, String instance) {
    String before = table.replaceFirst("]$", "_before]");
    String after = table.replaceFirst("]$", "_after]");
    return "DROP TRIGGER IF EXISTS %s; DROP TRIGGER IF EXISTS %s; DROP TABLE %s; DELETE FROM cdc.captured_columns WHERE object_id IN (SELECT object_id FROM cdc.change_tables WHERE capture_instance = '%s'); DELETE FROM cdc.change_tables WHERE capture_instance = '%s';"
        .formatted(before, after, changeTable(instance), instance, instance);
  }
}
