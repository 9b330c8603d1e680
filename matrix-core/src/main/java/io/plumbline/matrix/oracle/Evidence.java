package io.plumbline.matrix.oracle;

import java.util.List;
import org.apiguardian.api.API;

/**
 * What the harness saw of a move, as plain data.
 *
 * @param phases phases that began and ended, in order of their begin, e.g. {@code extract}
 * @param calls calls that the harness itself saw pass by: {@code open}, {@code publish}, {@code
 *     held}, {@code commit}
 * @param recordsRead records that the source handed over, as the harness itself saw
 * @param extractedRecords records that the mover reports to have read
 * @param extractChecksums checksum per unit that the mover reports, hexadecimal
 * @param stateCase case id in the state that is stored; empty when there is none
 * @param stateVersion version of the state that is stored; 0 when there is none
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Evidence(
    List<String> phases,
    List<String> calls,
    long recordsRead,
    long extractedRecords,
    List<String> extractChecksums,
    String stateCase,
    long stateVersion) {
  /** Keeps unmodifiable copies. */
  public Evidence {
    phases = List.copyOf(phases);
    calls = List.copyOf(calls);
    extractChecksums = List.copyOf(extractChecksums);
  }
}
