package io.plumbline.matrix.connector;

import org.apiguardian.api.API;

/** The sink of one case; its two faces share nothing but the connection. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface Sink extends AutoCloseable {

  /**
   * A sink of two faces that know nothing of each other.
   *
   * @param remove removes everything the case made
   */
  static Sink of(SinkWriter writer, Inspector inspector, Runnable remove) {
    return new Sink() {
      @Override
      public SinkWriter writer() {
        return writer;
      }

      @Override
      public Inspector inspector() {
        return inspector;
      }

      @Override
      public void close() {
        remove.run();
      }
    };
  }

  /** The mover's side. */
  SinkWriter writer();

  /** The harness's side: reads the target back. */
  Inspector inspector();

  /** Removes everything the case made. */
  @Override
  void close();
}
