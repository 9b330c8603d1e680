package io.plumbline.connector.api;

import io.plumbline.matrix.connector.SystemFailureException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * GET requests that are tried again when the server says that it cannot now, or when the answer
 * ends too early. Thread-safe.
 */
final class ApiClient {
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Set<Integer> LATER = Set.of(429, 500, 502, 503, 504);
  private static final int NOT_MODIFIED = 304;
  private static final int OK = 200;

  private final HttpClient http;
  private final URI base;
  private final Retry retry;

  ApiClient(HttpClient http, URI base, Retry retry) {
    this.http = http;
    this.base = base;
    this.retry = retry;
  }

  /** Reads a body while it arrives; what it throws as {@link IOException} is tried again. */
  @FunctionalInterface
  interface Body<T> {
    T read(InputStream body) throws IOException;
  }

  /**
   * An answer.
   *
   * @param etag empty when the server gave none
   */
  record Answer<T>(String etag, T body) {}

  /** The answer to a request. */
  <T> T get(String path, Body<T> body) {
    return get(path, null, body)
        .map(Answer::body)
        .orElseThrow(
            () ->
                new ApiException(
                    "%s answered 304 although nothing was asked for.".formatted(path)));
  }

  /**
   * The answer to a conditional request.
   *
   * @param etag what is known already
   * @return empty when that is still valid
   * @throws SystemFailureException when there was no answer before the deadline
   * @throws ApiException when the server refuses
   */
  <T> Optional<Answer<T>> get(String path, @Nullable String etag, Body<T> body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(ANSWER)
            .header("Accept", "application/json");
    if (etag != null) {
      request.header("If-None-Match", etag);
    }
    Retry.Attempts attempts = retry.begin();
    while (true) {
      String reason;
      Duration asked = Duration.ZERO;
      IOException cause = null;
      try {
        HttpResponse<InputStream> response =
            http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream stream = response.body()) {
          int status = response.statusCode();
          if (status == OK) {
            T read = body.read(stream);
            return Optional.of(
                new Answer<>(response.headers().firstValue("ETag").orElse(""), read));
          }
          if (status == NOT_MODIFIED && etag != null) {
            return Optional.empty();
          }
          if (!LATER.contains(status)) {
            throw new ApiException("%s answered %d.".formatted(path, status));
          }
          reason = "status " + status;
          asked =
              response.headers().firstValue("Retry-After").map(ApiClient::seconds).orElse(asked);
        }
      } catch (IOException e) {
        reason = String.valueOf(e.getMessage());
        cause = e;
      } catch (InterruptedException e) {
        throw interrupted(path, e);
      }
      try {
        if (!attempts.again(asked)) {
          throw gaveUp(path, attempts.made(), reason, cause);
        }
      } catch (InterruptedException e) {
        throw interrupted(path, e);
      }
    }
  }

  /** The header may hold a date too; then the pause is left to the client. */
  private static Duration seconds(String header) {
    return header.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(header)) : Duration.ZERO;
  }

  private SystemFailureException gaveUp(
      String path, int attempts, String reason, @Nullable IOException cause) {
    String message =
        "%s gave no whole answer in %d attempts within %d s; the last one: %s."
            .formatted(path, attempts, retry.deadline().toSeconds(), reason);
    return cause == null
        ? new SystemFailureException(ApiConnector.FAMILY, message)
        : new SystemFailureException(ApiConnector.FAMILY, message, cause);
  }

  private static CancellationException interrupted(String path, InterruptedException cause) {
    Thread.currentThread().interrupt();
    CancellationException cancelled =
        new CancellationException("Interrupted while waiting for " + path + ".");
    cancelled.initCause(cause);
    return cancelled;
  }
}
