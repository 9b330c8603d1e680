package io.plumbline.matrix.connector;

/** How a family's storage behaves; tells the in-memory model which system to play. */
public enum Trait {
  /** Rows in a keyed table, changed in place. */
  KEYED_TABLE,
  /** Versions of a row are kept and collapsed on read (ClickHouse). */
  COLLAPSED_ON_READ,
  /** Keyed events in an append-only log with offsets and tombstones (Kafka). */
  EVENT_LOG,
  /** Pages of JSON with a change feed (HTTP API). */
  PAGED_FEED
}
