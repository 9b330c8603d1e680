package io.plumbline.matrix.connector;

/** The sink of one case; its two faces share nothing but the connection. */
public interface Sink extends AutoCloseable {

  /** The mover's side. */
  SinkWriter writer();

  /** The harness's side: reads the target back. */
  Inspector inspector();

  /** Removes everything the case made. */
  @Override
  void close();
}
