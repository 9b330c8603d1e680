package io.plumbline.matrix.connector;

import java.util.List;
import org.apiguardian.api.API;

/** A reader whose reads another one does; what a wrapper does otherwise, it overrides. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public class ForwardingReader implements SourceReader {
  private final SourceReader reader;

  /** Forwards everything. */
  protected ForwardingReader(SourceReader reader) {
    this.reader = reader;
  }

  @Override
  public Extraction open(ReadRequest request) {
    return reader.open(request);
  }

  @Override
  public List<PartitionFingerprint> partitions() {
    return reader.partitions();
  }

  @Override
  public void acknowledge(Position committed) {
    reader.acknowledge(committed);
  }
}
