package io.plumbline.matrix.connector;

import org.apiguardian.api.API;

/** The source of one case; its two faces share nothing but the connection. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface Source extends AutoCloseable {

  /**
   * A source of two faces that know nothing of each other.
   *
   * @param remove removes everything the case made
   */
  static Source of(Fixture fixture, SourceReader reader, Runnable remove) {
    return new Source() {
      @Override
      public Fixture fixture() {
        return fixture;
      }

      @Override
      public SourceReader reader() {
        return reader;
      }

      @Override
      public void close() {
        remove.run();
      }
    };
  }

  /** The harness's side: seeds and changes the source. */
  Fixture fixture();

  /** The mover's side. */
  SourceReader reader();

  /** Removes everything the case made. */
  @Override
  void close();
}
