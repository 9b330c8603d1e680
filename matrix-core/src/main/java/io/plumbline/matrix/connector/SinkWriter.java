package io.plumbline.matrix.connector;

/** The mover's side of a sink. */
public interface SinkWriter {

  /** Begins a load; creates the target when it does not exist. */
  Load begin(LoadPlan plan);
}
