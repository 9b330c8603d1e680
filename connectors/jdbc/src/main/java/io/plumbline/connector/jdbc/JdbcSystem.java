package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.lab.QuietLogs;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/** A SQL server that was found or started; stopping it is left to whoever did. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class JdbcSystem implements RunningSystem {
  private final JdbcDialect dialect;
  private final Endpoint endpoint;
  private final ChangeLog.Factory changeLogs;
  private final Map<Feature, String> missing;
  private final QuietLogs quiet;
  private final Runnable stop;
  private final SystemInfo info;
  private final SourceTemplates templates;
  private final InterruptWatch watch = new InterruptWatch();

  /**
   * A server that answers.
   *
   * @param changeLogs makes the change log of a source
   * @param missing what this server cannot do although its family can, and why
   * @param quiet kept as long as the server is used
   * @param stop ends the server where it is ours, or does nothing
   */
  public JdbcSystem(
      JdbcDialect dialect,
      Endpoint endpoint,
      EvidenceLevel level,
      ChangeLog.Factory changeLogs,
      Map<Feature, String> missing,
      QuietLogs quiet,
      Runnable stop) {
    this.dialect = dialect;
    this.endpoint = endpoint;
    this.changeLogs = changeLogs;
    this.missing = Map.copyOf(missing);
    this.quiet = quiet;
    this.stop = stop;
    this.templates = new SourceTemplates(new JdbcTemplates(dialect, endpoint));
    try (Session session = Session.open(dialect, endpoint, "harness")) {
      DatabaseMetaData server = session.connection().getMetaData();
      this.info =
          new SystemInfo(
              dialect.family(),
              dialect.product(),
              dialect.release(server.getDatabaseProductVersion()),
              level);
    } catch (SQLException e) {
      throw JdbcException.of(dialect, e, "asking for its version");
    }
  }

  QuietLogs quiet() {
    return quiet;
  }

  @Override
  public SystemInfo info() {
    return info;
  }

  @Override
  public Optional<String> missing(Feature feature) {
    return Optional.ofNullable(missing.get(feature));
  }

  @Override
  public Source openSource(CaseScope scope) {
    return JdbcSource.open(dialect, endpoint, scope, templates, watch, changeLogs);
  }

  @Override
  public Sink openSink(CaseScope scope) {
    return JdbcSink.open(dialect, endpoint, scope, watch);
  }

  @Override
  public void close() {
    watch.close();
    try {
      templates.drop();
    } finally {
      stop.run();
    }
  }
}
