package io.plumbline.connector.clickhouse;

import io.plumbline.connector.jdbc.SourceTemplates;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SystemInfo;

/** A server that was found or started; stopping it is left to whoever did. */
final class ClickhouseSystem implements RunningSystem {
  private final Server server;
  private final SystemInfo info;
  private final SourceTemplates templates;
  private final Runnable stop;

  /**
   * A server that answers.
   *
   * @param stop ends the server where it is ours, or does nothing
   */
  ClickhouseSystem(Endpoint endpoint, EvidenceLevel level, Runnable stop) {
    this.server = new Server(endpoint);
    this.stop = stop;
    this.templates = new SourceTemplates(new ClickhouseTemplates(server));
    try {
      this.info =
          new SystemInfo(
              ClickhouseTypes.FAMILY,
              "ClickHouse",
              server.text("SELECT version()").orElseThrow(),
              level);
    } catch (RuntimeException e) {
      try (server) {
        throw e;
      }
    }
  }

  Server server() {
    return server;
  }

  @Override
  public SystemInfo info() {
    return info;
  }

  @Override
  public Source openSource(CaseScope scope) {
    return ClickhouseSource.open(server, scope, templates);
  }

  @Override
  public Sink openSink(CaseScope scope) {
    return ClickhouseSink.open(server, scope);
  }

  @Override
  public void close() {
    try (server) {
      // Whoever started the server removes it with everything in it.
      if (info.level() == EvidenceLevel.EXTERNAL) {
        templates.drop();
      }
    } finally {
      stop.run();
    }
  }
}
