package io.plumbline.connector.kafka;

import io.plumbline.matrix.connector.CaseScope;
import java.util.HexFormat;

/**
 * The topic of a case's source or sink.
 *
 * @param name unique on the broker; also the name of the consumer group and of the transactions
 */
record CaseTopic(String name) {

  static CaseTopic source(CaseScope scope) {
    return of(scope, "src");
  }

  static CaseTopic sink(CaseScope scope) {
    return of(scope, "snk");
  }

  private static CaseTopic of(CaseScope scope, String role) {
    return new CaseTopic(
        "pl_%s_%s_%s_%s"
            .formatted(
                scope.runId(),
                scope.caseId().strategy(),
                HexFormat.of().toHexDigits(scope.caseId().toString().hashCode()),
                role));
  }
}
