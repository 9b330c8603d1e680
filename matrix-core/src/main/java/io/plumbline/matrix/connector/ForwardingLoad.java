package io.plumbline.matrix.connector;

import org.apiguardian.api.API;

/** A load that another one does; what a wrapper does otherwise, it overrides. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public class ForwardingLoad implements Load {
  private final Load load;

  /** Forwards everything. */
  protected ForwardingLoad(Load load) {
    this.load = load;
  }

  @Override
  public void write(RowBatch batch) {
    load.write(batch);
  }

  @Override
  public void publish() {
    load.publish();
  }

  @Override
  public LoadTotals held() {
    return load.held();
  }

  @Override
  public void close() {
    load.close();
  }
}
