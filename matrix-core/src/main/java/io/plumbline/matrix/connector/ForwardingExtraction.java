package io.plumbline.matrix.connector;

import org.apiguardian.api.API;

/** A read that another one does; what a wrapper does otherwise, it overrides. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public class ForwardingExtraction implements Extraction {
  private final Extraction extraction;

  /** Forwards everything. */
  protected ForwardingExtraction(Extraction extraction) {
    this.extraction = extraction;
  }

  @Override
  public boolean read(RowBatch batch) {
    return extraction.read(batch);
  }

  @Override
  public Position position() {
    return extraction.position();
  }

  @Override
  public long[] keys() {
    return extraction.keys();
  }

  @Override
  public void close() {
    extraction.close();
  }
}
