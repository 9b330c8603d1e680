package io.plumbline.connector.clickhouse;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ClientFaultCause;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.registry.InvalidInputException;
import java.net.URI;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutorService;

/**
 * Where a ClickHouse server listens. Its text leaves the password out.
 *
 * @param uri of the HTTP interface
 */
record Endpoint(URI uri, String user, String password) {
  private static final int CONNECT_SECONDS = 10;

  /** Connections of one client; a request waits for nobody. */
  private static final int CONNECTIONS = 256;

  private static final int BUFFER_BYTES = 1 << 18;

  /** A server that is there already; without a user it is the one that every server has. */
  static Endpoint of(ExternalEndpoint external) {
    if (!external.address().matches("https?://[^/@?#]+/?")) {
      throw new InvalidInputException(
          "Address '%s' is not that of a ClickHouse server; allowed is http://host:port, and https."
              .formatted(external.address()));
    }
    return new Endpoint(
        URI.create(external.address()),
        external.user().isEmpty() ? "default" : external.user(),
        external.password());
  }

  /**
   * A client; nothing is sent yet.
   *
   * @param requests runs the requests, so that whoever waits for one can be interrupted
   */
  Client connect(ExecutorService requests) {
    return new Client.Builder()
        .addEndpoint(uri.toString())
        .setUsername(user)
        .setPassword(password)
        .setClientName("plumbline")
        .useHTTPBasicAuth(false)
        .useAsyncRequests(true)
        .setSharedOperationExecutor(requests)
        .setConnectTimeout(CONNECT_SECONDS, ChronoUnit.SECONDS)
        .setMaxConnections(CONNECTIONS)
        .setClientNetworkBufferSize(BUFFER_BYTES)
        .compressServerResponse(false)
        .compressClientRequest(false)
        // Whoever writes decides what is repeated.
        .retryOnFailures(ClientFaultCause.None)
        .setMaxRetries(0)
        .setServerTimeZone("UTC")
        .build();
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
