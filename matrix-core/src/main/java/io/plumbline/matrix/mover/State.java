package io.plumbline.matrix.mover;

import io.plumbline.matrix.connector.Position;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * What a mover remembers of a case between loads.
 *
 * @param caseId whose state it is
 * @param version number of commits so far, from 1
 * @param position where the next read begins
 * @param marks the strategy's own notes: committed chunks, partition fingerprints
 * @param keys keys of the last load with row hashes, as {@link KeyHashes#toBytes}
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record State(
    String caseId, long version, Position position, SortedMap<String, String> marks, byte[] keys) {
  /** Keeps an unmodifiable copy of the marks. */
  public State {
    marks = Collections.unmodifiableSortedMap(new TreeMap<>(marks));
  }
}
