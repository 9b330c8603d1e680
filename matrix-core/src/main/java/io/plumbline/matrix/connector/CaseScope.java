package io.plumbline.matrix.connector;

import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.registry.CaseId;
import java.util.HexFormat;
import java.util.List;
import org.apiguardian.api.API;

/**
 * What a system is told about a case.
 *
 * @param caseId the case
 * @param runId distinguishes runs that share a server; lower-case letters and digits, at most 12
 * @param dataset the volume
 * @param columns the pair's contracts, in row order
 * @param layout the target's shape
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record CaseScope(
    CaseId caseId,
    String runId,
    Dataset dataset,
    List<ColumnContract> columns,
    TargetLayout layout) {

  /**
   * The name of what the case makes in a system.
   *
   * @return lower-case letters, digits and underscores, at most 63; no other case, run or role has
   *     it
   */
  public String nameAt(TypeMapping.Role role) {
    return "pl_%s_%s_%s_%s"
        .formatted(
            runId,
            caseId.strategy(),
            HexFormat.of().toHexDigits(caseId.toString().hashCode()),
            role == TypeMapping.Role.SOURCE ? "src" : "snk");
  }
}
