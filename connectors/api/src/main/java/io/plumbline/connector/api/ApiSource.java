package io.plumbline.connector.api;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Fixture;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SourceReader;
import java.net.http.HttpClient;

/** The source of one case: a collection of the fixture's server. */
final class ApiSource implements Source {
  private final FixtureApi api;
  private final String path;
  private final Fixture fixture;
  private final SourceReader reader;

  ApiSource(FixtureApi api, HttpClient http, Retry retry, CaseScope scope) {
    this.api = api;
    this.path = "/%s/%s/orders".formatted(scope.runId(), scope.caseId());
    Orders orders = new Orders(scope.dataset());
    this.fixture = new ApiFixture(orders);
    this.reader = new ApiReader(new ApiClient(http, api.address(), retry), path, scope);
    api.serve(path, orders, scope);
  }

  @Override
  public Fixture fixture() {
    return fixture;
  }

  @Override
  public SourceReader reader() {
    return reader;
  }

  @Override
  public void close() {
    api.remove(path);
  }
}
