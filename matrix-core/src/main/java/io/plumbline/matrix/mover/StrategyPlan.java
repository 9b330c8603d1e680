package io.plumbline.matrix.mover;

import static io.plumbline.matrix.connector.ReadRequest.Continuation.CHANGES;
import static io.plumbline.matrix.connector.ReadRequest.Continuation.NONE;
import static io.plumbline.matrix.connector.ReadRequest.Continuation.ROWS_AFTER;
import static io.plumbline.matrix.connector.ReadRequest.Continuation.XMIN_WINDOW;

import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.ReadRequest.Continuation;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.registry.Strategy;
import org.apiguardian.api.API;

/**
 * A strategy as data: what it reads once there is a state, and how the rows become the target. A
 * first load is always a snapshot that replaces everything, so that a repeated attempt is harmless.
 *
 * @param read what is read
 * @param rows what the rows of the read mean to the sink
 * @param action how they become the target
 * @param continuation what the position of the first snapshot must allow
 * @param sourceFeature what the source must offer
 * @param sinkFeature what the sink must offer
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record StrategyPlan(
    Read read,
    Rows rows,
    WriteAction action,
    Continuation continuation,
    Feature sourceFeature,
    Feature sinkFeature) {

  /** What is read. */
  public enum Read {
    SNAPSHOT,
    ROWS_AFTER_CURSOR,
    /** The request's window. */
    WINDOW,
    /** Partitions whose fingerprint differs from the state's. */
    TOUCHED_PARTITIONS,
    /** The request's backfill dates that are not committed yet, a unit each. */
    BACKFILL_DATES,
    ROWS_IN_XMIN_WINDOW,
    CHANGES
  }

  /** What the rows of a read mean to the sink. */
  public enum Rows {
    /** As the reader labelled them. */
    AS_READ,
    /** Every row is new. */
    ADDED,
    /** Images by key; soft-deleted rows are deletes. */
    MERGED,
    /**
     * Images by key that differ from the state's row hashes; keys of the state that are no longer
     * present are deletes.
     */
    MERGED_WITH_VANISHED_KEYS,
    /** Only what differs from the state's row hashes. */
    DIFFERENCE,
    /** Content of a window. */
    OF_WINDOW
  }

  /** The plan of a strategy. */
  public static StrategyPlan of(Strategy strategy) {
    return switch (strategy) {
      case FULL_REFRESH ->
          new StrategyPlan(
              Read.SNAPSHOT,
              Rows.AS_READ,
              WriteAction.REPLACE_ALL,
              NONE,
              Feature.SNAPSHOT,
              Feature.REPLACE_ALL);
      case INCREMENTAL_APPEND ->
          new StrategyPlan(
              Read.ROWS_AFTER_CURSOR,
              Rows.ADDED,
              WriteAction.APPEND,
              ROWS_AFTER,
              Feature.CURSOR,
              Feature.APPEND);
      case INCREMENTAL_MERGE ->
          new StrategyPlan(
              Read.ROWS_AFTER_CURSOR,
              Rows.MERGED,
              WriteAction.MERGE,
              ROWS_AFTER,
              Feature.CURSOR,
              Feature.MERGE);
      case REPLACE ->
          new StrategyPlan(
              Read.WINDOW,
              Rows.OF_WINDOW,
              WriteAction.REPLACE_WINDOW,
              NONE,
              Feature.SLICES,
              Feature.REPLACE_WINDOW);
      case SNAPSHOT_DIFF ->
          new StrategyPlan(
              Read.SNAPSHOT,
              Rows.DIFFERENCE,
              WriteAction.MERGE,
              NONE,
              Feature.SNAPSHOT,
              Feature.MERGE);
      case PARTITION_REPLACE ->
          new StrategyPlan(
              Read.TOUCHED_PARTITIONS,
              Rows.OF_WINDOW,
              WriteAction.REPLACE_WINDOW,
              NONE,
              Feature.SLICES,
              Feature.PARTITIONS);
      case SCD2 ->
          new StrategyPlan(
              Read.SNAPSHOT,
              Rows.DIFFERENCE,
              WriteAction.HISTORY,
              NONE,
              Feature.SNAPSHOT,
              Feature.HISTORY);
      case BACKFILL ->
          new StrategyPlan(
              Read.BACKFILL_DATES,
              Rows.OF_WINDOW,
              WriteAction.REPLACE_WINDOW,
              NONE,
              Feature.SLICES,
              Feature.PARTITIONS);
      case XMIN ->
          new StrategyPlan(
              Read.ROWS_IN_XMIN_WINDOW,
              Rows.MERGED_WITH_VANISHED_KEYS,
              WriteAction.MERGE,
              XMIN_WINDOW,
              Feature.XMIN,
              Feature.MERGE);
      case CDC ->
          new StrategyPlan(
              Read.CHANGES,
              Rows.AS_READ,
              WriteAction.MERGE,
              CHANGES,
              Feature.CHANGE_LOG,
              Feature.MERGE);
    };
  }
}
