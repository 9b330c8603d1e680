package io.plumbline.containers;

import io.plumbline.matrix.registry.Family;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** The families that can live in a container, and the version that each is tested with. */
final class Recipes {
  /**
   * Images differ in where the client is, of which only the newer ones encrypt. A table of the
   * database is captured for as long as it lives: the first one waits for the Agent, and with the
   * last one the capture job would go.
   */
  static final String MSSQL_READY =
      "PATH=\"$PATH:/opt/mssql-tools18/bin:/opt/mssql-tools/bin\" SQLCMDPASSWORD=\"$MSSQL_SA_PASSWORD\" sqlcmd -C -b -S 127.0.0.1 -U sa"
          + " -Q \"IF DB_ID('plumbline') IS NULL EXEC('CREATE DATABASE plumbline COLLATE Latin1_General_100_CI_AS_SC'); IF (SELECT snapshot_isolation_state FROM sys.databases WHERE name = 'plumbline') <> 1 ALTER DATABASE plumbline SET ALLOW_SNAPSHOT_ISOLATION ON;"
          + " IF (SELECT is_cdc_enabled FROM sys.databases WHERE name = 'plumbline') = 0 EXEC('USE plumbline; EXEC sys.sp_cdc_enable_db');"
          + " EXEC('USE plumbline; IF OBJECT_ID(N''dbo.plumbline_keep'') IS NULL CREATE TABLE dbo.plumbline_keep (id int PRIMARY KEY); IF NOT EXISTS (SELECT 1 FROM sys.tables WHERE object_id = OBJECT_ID(N''dbo.plumbline_keep'') AND is_tracked_by_cdc = 1) EXEC sys.sp_cdc_enable_table @source_schema = N''dbo'', @source_name = N''plumbline_keep'', @role_name = NULL')\"";

  private Recipes() {}

  /** A recipe per family. No data is worth keeping, so that nothing waits for a disk. */
  static Map<Family, Recipe> all() {
    Map<Family, Recipe> recipes = new TreeMap<>();
    recipes.put(new Family("postgres"), postgres());
    recipes.put(new Family("mssql"), mssql());
    recipes.put(new Family("mysql"), mysql());
    recipes.put(new Family("clickhouse"), clickhouse());
    recipes.put(new Family("kafka"), kafka());
    recipes.put(new Family("bigquery"), bigquery());
    return recipes;
  }

  /** Until it is set up it listens on no port. Logical decoding for many cases at once. */
  private static Recipe postgres() {
    return new ServerRecipe(
        DockerImageName.parse("postgres:18.6"),
        "PostgreSQL",
        5432,
        Map.of("POSTGRES_PASSWORD", "{password}"),
        List.of(
            "postgres",
            "-cwal_level=logical",
            "-cmax_replication_slots=64",
            "-cmax_wal_senders=64",
            "-cmax_connections=200",
            "-cshared_buffers=256MB",
            "-cwork_mem=32MB",
            "-cmaintenance_work_mem=128MB",
            "-cfsync=off",
            "-cfull_page_writes=off",
            "-cmax_wal_size=4GB",
            "-cwal_sender_timeout=0",
            "-clogical_decoding_work_mem=128MB"),
        () -> Wait.forSuccessfulCommand("pg_isready -q -h 127.0.0.1"),
        "jdbc:postgresql://{host}:{port}/postgres",
        "postgres");
  }

  /** Until it is set up it listens on no port. A log of whole rows, for change capture. */
  private static Recipe mysql() {
    return new ServerRecipe(
        DockerImageName.parse("mysql:8.4.7"),
        "MySQL",
        3306,
        Map.of("MYSQL_ROOT_PASSWORD", "{password}", "MYSQL_ROOT_HOST", "%"),
        List.of(
            "--server-id=1",
            "--log-bin=binlog",
            "--binlog-format=ROW",
            "--binlog-row-image=FULL",
            "--character-set-server=utf8mb4",
            "--collation-server=utf8mb4_bin",
            "--default-time-zone=+00:00",
            "--max-connections=200",
            "--max-allowed-packet=64M",
            "--sync-binlog=0",
            "--innodb-buffer-pool-size=256M",
            "--innodb-flush-log-at-trx-commit=2",
            "--skip-name-resolve"),
        Wait::forListeningPort,
        // MySQL's usual login asks for it; whoever reads the password so has that of one run.
        "jdbc:mariadb://{host}:{port}/?allowPublicKeyRetrieval=true",
        "root");
  }

  /**
   * Ready with a database of its own: one that knows all of Unicode and allows snapshots. The
   * system's own take neither from a setting without starting twice.
   */
  private static Recipe mssql() {
    return new ServerRecipe(
        DockerImageName.parse("mcr.microsoft.com/mssql/server:2022-CU14-ubuntu-22.04"),
        "Microsoft SQL Server",
        1433,
        Map.of(
            "ACCEPT_EULA",
            "Y",
            "MSSQL_PID",
            "Developer",
            "MSSQL_SA_PASSWORD",
            "{password}",
            // It captures changes.
            "MSSQL_AGENT_ENABLED",
            "true"),
        List.of(),
        () -> Wait.forSuccessfulCommand(MSSQL_READY),
        "jdbc:sqlserver://{host}:{port};databaseName=plumbline;encrypt=true;trustServerCertificate=true",
        "sa",
        Optional.of("PLUMBLINE_MSSQL_ACCEPT_EULA"));
  }

  private static Recipe clickhouse() {
    return new ServerRecipe(
        DockerImageName.parse("clickhouse/clickhouse-server:25.8"),
        "ClickHouse",
        8123,
        Map.of("CLICKHOUSE_USER", "plumbline", "CLICKHOUSE_PASSWORD", "{password}"),
        List.of(),
        () -> Wait.forHttp("/ping").forPort(8123).forStatusCode(200),
        "http://{host}:{port}",
        "plumbline");
  }

  private static Recipe kafka() {
    return new KafkaRecipe(DockerImageName.parse("apache/kafka:4.1.0"), "Apache Kafka");
  }

  /** Of 0.7 and later there are images for amd64 and arm64. */
  private static Recipe bigquery() {
    return new BigqueryRecipe(
        DockerImageName.parse("ghcr.io/goccy/bigquery-emulator:0.8.1"), "BigQuery emulator");
  }
}
