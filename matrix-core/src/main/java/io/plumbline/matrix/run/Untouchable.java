package io.plumbline.matrix.run;

import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.PartitionFingerprint;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.SinkWriter;
import io.plumbline.matrix.connector.SourceReader;
import io.plumbline.matrix.mover.State;
import io.plumbline.matrix.mover.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Systems of an impossible combination: whoever touches them is noted and stopped. */
final class Untouchable implements SourceReader, SinkWriter, StateStore {
  private final List<String> touched = new ArrayList<>();

  List<String> touched() {
    return List.copyOf(touched);
  }

  private IllegalStateException refuse(String what) {
    touched.add(what);
    return new IllegalStateException(
        "An impossible combination was not refused: the mover tried to " + what + ".");
  }

  @Override
  public Extraction open(ReadRequest request) {
    throw refuse("read the source");
  }

  @Override
  public List<PartitionFingerprint> partitions() {
    throw refuse("read the source's partitions");
  }

  @Override
  public Load begin(LoadPlan plan) {
    throw refuse("load into the sink");
  }

  @Override
  public Optional<State> read() {
    throw refuse("read the state");
  }

  @Override
  public void commit(State next) {
    throw refuse("commit a state");
  }
}
