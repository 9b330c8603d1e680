package io.plumbline.matrix.mover;

import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.SinkWriter;
import io.plumbline.matrix.connector.SourceReader;
import io.plumbline.matrix.registry.CaseId;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * What a mover is given.
 *
 * @param caseId what to do
 * @param sourceFeatures what the source declares
 * @param sinkFeatures what the sink declares
 * @param reader the source
 * @param writer the sink
 * @param states the case's state
 * @param ledger where phases are recorded
 * @param parameters what a scheduler would pass
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record MoveRequest(
    CaseId caseId,
    Set<Feature> sourceFeatures,
    Set<Feature> sinkFeatures,
    SourceReader reader,
    SinkWriter writer,
    StateStore states,
    PhaseLedger ledger,
    Parameters parameters) {

  /**
   * What a scheduler would pass.
   *
   * @param effectiveAt when the load takes effect, UTC
   * @param window the date that {@code replace} replaces
   * @param backfill the dates that {@code backfill} loads, each a chunk
   * @param batchRows rows per batch
   */
  public record Parameters(
      LocalDateTime effectiveAt, LocalDate window, List<LocalDate> backfill, int batchRows) {
    /** Keeps an unmodifiable copy. */
    public Parameters {
      backfill = List.copyOf(backfill);
    }
  }

  /** The same request with another reader. */
  public MoveRequest withReader(SourceReader other) {
    return new MoveRequest(
        caseId, sourceFeatures, sinkFeatures, other, writer, states, ledger, parameters);
  }

  /** The same request with another writer. */
  public MoveRequest withWriter(SinkWriter other) {
    return new MoveRequest(
        caseId, sourceFeatures, sinkFeatures, reader, other, states, ledger, parameters);
  }

  /** The same request with another state store. */
  public MoveRequest withStates(StateStore other) {
    return new MoveRequest(
        caseId, sourceFeatures, sinkFeatures, reader, writer, other, ledger, parameters);
  }

  /** The same request with another ledger. */
  public MoveRequest withLedger(PhaseLedger other) {
    return new MoveRequest(
        caseId, sourceFeatures, sinkFeatures, reader, writer, states, other, parameters);
  }

  /** The same request with other parameters. */
  public MoveRequest withParameters(Parameters other) {
    return new MoveRequest(
        caseId, sourceFeatures, sinkFeatures, reader, writer, states, ledger, other);
  }

  /** The same request with other declared features. */
  public MoveRequest withFeatures(Set<Feature> ofSource, Set<Feature> ofSink) {
    return new MoveRequest(caseId, ofSource, ofSink, reader, writer, states, ledger, parameters);
  }
}
