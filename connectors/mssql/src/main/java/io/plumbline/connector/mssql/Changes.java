package io.plumbline.connector.mssql;

import io.plumbline.connector.jdbc.CaseNames;
import io.plumbline.connector.jdbc.ChangeLog;
import io.plumbline.connector.jdbc.MoverSessions;
import io.plumbline.matrix.connector.CaseScope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The ways in which a server tells of changes, and how to ask whether it does. */
enum Changes {
  /** Every change, some time after its commit. */
  CAPTURE(
      "change data capture",
      "SELECT CAST(is_cdc_enabled AS int) FROM sys.databases WHERE name = DB_NAME()",
      "EXEC sys.sp_cdc_enable_db") {
    @Override
    ChangeLog log(CaptureServer server, CaseScope scope, CaseNames names, MoverSessions sessions) {
      return new ChangeTables(server, scope, names, sessions);
    }

    /** Only who may see the server's state sees the Agent; for all others it is taken to run. */
    @Override
    Optional<String> missing(Connection connection) throws SQLException {
      Optional<String> disabled = super.missing(connection);
      if (disabled.isPresent()) {
        return disabled;
      }
      try {
        String status = Question.ask(connection, AGENT);
        return status.isEmpty() || status.equals("Running")
            ? Optional.empty()
            : Optional.of(
                "change data capture needs the SQL Server Agent, which is '%s'.".formatted(status));
      } catch (SQLException e) {
        Question.assertAnswered(connection, e);
        return Optional.empty();
      }
    }
  },
  /** Which keys were changed, as soon as they are. */
  TRACKING(
      "change tracking",
      "SELECT COUNT(*) FROM sys.change_tracking_databases WHERE database_id = DB_ID()",
      "ALTER DATABASE CURRENT SET CHANGE_TRACKING = ON") {
    @Override
    ChangeLog log(CaptureServer server, CaseScope scope, CaseNames names, MoverSessions sessions) {
      return new ChangeTracking(server, scope, names, sessions);
    }
  };

  private static final String AGENT =
      "SELECT status_desc FROM sys.dm_server_services WHERE servicename LIKE N'SQL Server Agent%'";

  private final String title;
  private final String enabled;
  private final String enable;

  Changes(String title, String enabled, String enable) {
    this.title = title;
    this.enabled = enabled;
    this.enable = enable;
  }

  /** The names by which an address chooses, for a pattern. */
  static String names() {
    return Arrays.stream(values()).map(Changes::id).collect(Collectors.joining("|"));
  }

  /** The way of a name. */
  static Changes of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The change log of a table. */
  abstract ChangeLog log(
      CaptureServer server, CaseScope scope, CaseNames names, MoverSessions sessions);

  /** Why a server does not tell of changes in this way; empty when it does. */
  Optional<String> missing(Connection connection) throws SQLException {
    try {
      return Question.ask(connection, enabled).equals("1")
          ? Optional.empty()
          : Optional.of(
              "%s is not enabled in the database; %s enables it.".formatted(title, enable));
    } catch (SQLException e) {
      Question.assertAnswered(connection, e);
      return Optional.of("the server has no %s: %s".formatted(title, e.getMessage()));
    }
  }
}
