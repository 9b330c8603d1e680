package io.plumbline.matrix.connector;

import org.apiguardian.api.API;

/** How a family's storage behaves; tells the in-memory model which system to play. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
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
