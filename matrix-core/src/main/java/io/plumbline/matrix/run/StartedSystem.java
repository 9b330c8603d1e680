package io.plumbline.matrix.run;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.StartedEndpoint;
import io.plumbline.matrix.connector.SystemInfo;
import java.util.Optional;

/**
 * A system that was started for the run and reached like one that was there before.
 *
 * @param system as the connector sees it
 * @param started what was started for it
 */
record StartedSystem(RunningSystem system, StartedEndpoint started) implements RunningSystem {

  /** Connects; what was started goes again when that fails. */
  static StartedSystem of(Connector connector, StartedEndpoint started) {
    try {
      return new StartedSystem(connector.connect(started.endpoint()), started);
    } catch (RuntimeException | LinkageError e) {
      try (started) {
        throw e;
      }
    }
  }

  @Override
  public SystemInfo info() {
    return started.info(system.info());
  }

  @Override
  public Optional<String> missing(Feature feature) {
    return system.missing(feature);
  }

  @Override
  public Source openSource(CaseScope scope) {
    return system.openSource(scope);
  }

  @Override
  public Sink openSink(CaseScope scope) {
    return system.openSink(scope);
  }

  @Override
  public void close() {
    try (started) {
      system.close();
    }
  }
}
