package io.plumbline.connector.postgres;

import io.plumbline.connector.jdbc.InterruptWatch;
import io.plumbline.connector.jdbc.SourceTemplates;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.lab.QuietLogs;
import java.util.Optional;

/** A server that was found or started; stopping it is left to whoever did. */
final class PostgresSystem implements RunningSystem {
  private final Endpoint endpoint;
  private final SystemInfo info;
  private final SourceTemplates templates;
  private final Runnable stop;
  private final QuietLogs quiet;
  private final Optional<String> noChangeLog;
  private final InterruptWatch watch;

  /**
   * A server that answers.
   *
   * @param stop ends the server where it is ours, or does nothing
   * @param quiet kept as long as the system
   */
  PostgresSystem(Endpoint endpoint, EvidenceLevel level, Runnable stop, QuietLogs quiet) {
    this.endpoint = endpoint;
    this.stop = stop;
    this.quiet = quiet;
    this.templates = new SourceTemplates(new PostgresTemplates(endpoint));
    try (Session session = Session.open(endpoint, "harness")) {
      this.info =
          new SystemInfo(
              PostgresTypes.FAMILY,
              product(session.text("SELECT version()").orElseThrow()),
              session.text("SHOW server_version").orElseThrow(),
              level);
      this.noChangeLog = noChangeLog(session.text("SHOW wal_level").orElseThrow());
    }
    this.watch = new InterruptWatch();
  }

  /** The first word, because others speak its protocol, and say who they are. */
  private static String product(String version) {
    return version.strip().split("\\s", 2)[0];
  }

  private static Optional<String> noChangeLog(String level) {
    return level.equals("logical")
        ? Optional.empty()
        : Optional.of(
            "change data capture needs wal_level 'logical'; the server has '%s'.".formatted(level));
  }

  @Override
  public Optional<String> missing(Feature feature) {
    return feature == Feature.CHANGE_LOG ? noChangeLog : Optional.empty();
  }

  Endpoint endpoint() {
    return endpoint;
  }

  QuietLogs quiet() {
    return quiet;
  }

  @Override
  public SystemInfo info() {
    return info;
  }

  @Override
  public Source openSource(CaseScope scope) {
    return PostgresSource.open(endpoint, scope, templates, watch);
  }

  @Override
  public Sink openSink(CaseScope scope) {
    return PostgresSink.open(endpoint, scope, watch);
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
