package io.plumbline.matrix.connector;

/** A system that serves the cases of a run; safe for use by several threads. */
public interface RunningSystem extends AutoCloseable {

  /** What it really is. */
  SystemInfo info();

  /** The source of a case; everything it creates is inside the scope and removed by its close. */
  Source openSource(CaseScope scope);

  /** The sink of a case; everything it creates is inside the scope and removed by its close. */
  Sink openSink(CaseScope scope);

  /** Stops the system and removes what it left. */
  @Override
  void close();
}
