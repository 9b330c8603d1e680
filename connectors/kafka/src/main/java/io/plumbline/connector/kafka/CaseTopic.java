package io.plumbline.connector.kafka;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.TypeMapping.Role;

/**
 * The topic of a case's source or sink.
 *
 * @param name unique on the broker; also the name of the consumer group and of the transactions
 */
record CaseTopic(String name) {

  static CaseTopic source(CaseScope scope) {
    return new CaseTopic(scope.nameAt(Role.SOURCE));
  }

  static CaseTopic sink(CaseScope scope) {
    return new CaseTopic(scope.nameAt(Role.SINK));
  }
}
