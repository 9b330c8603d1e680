package io.plumbline.connector.api;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SystemInfo;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The fixture's server and a client. The server is no vendor's product but plays one, so what a
 * case shows on it is that of a stand-in, although the HTTP between the two is real.
 */
final class ApiSystem implements RunningSystem {
  private final FixtureApi api;
  private final Retry retry;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "plumbline-api-client");
            thread.setDaemon(true);
            return thread;
          });
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .executor(threads)
          .build();

  ApiSystem(FixtureApi api, Retry retry) {
    this.api = api;
    this.retry = retry;
  }

  @Override
  public SystemInfo info() {
    return new SystemInfo(
        ApiConnector.FAMILY, "HTTP server of the fixture", "1", EvidenceLevel.STAND_IN);
  }

  @Override
  public Source openSource(CaseScope scope) {
    return ApiSource.open(api, http, retry, scope);
  }

  @Override
  public Sink openSink(CaseScope scope) {
    throw new UnsupportedOperationException("api is no sink.");
  }

  @Override
  public void close() {
    api.close();
    threads.shutdownNow();
  }
}
