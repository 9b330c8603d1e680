package io.plumbline.matrix.connector;

/** The source of one case; its two faces share nothing but the connection. */
public interface Source extends AutoCloseable {

  /** The harness's side: seeds and changes the source. */
  Fixture fixture();

  /** The mover's side. */
  SourceReader reader();

  /** Removes everything the case made. */
  @Override
  void close();
}
