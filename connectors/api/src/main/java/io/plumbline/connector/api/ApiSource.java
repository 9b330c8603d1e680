package io.plumbline.connector.api;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Source;
import java.net.http.HttpClient;

/** The source of one case: a collection of the fixture's server. */
final class ApiSource {
  private ApiSource() {}

  static Source open(FixtureApi api, HttpClient http, Retry retry, CaseScope scope) {
    String path = "/%s/%s/orders".formatted(scope.runId(), scope.caseId());
    Orders orders = new Orders(scope.dataset());
    api.serve(path, orders, scope);
    return Source.of(
        new ApiFixture(orders),
        new ApiReader(new ApiClient(http, api.address(), retry), path, scope),
        () -> api.remove(path));
  }
}
