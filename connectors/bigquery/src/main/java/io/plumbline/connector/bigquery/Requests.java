package io.plumbline.connector.bigquery;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import io.plumbline.matrix.connector.SystemFailureException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Requests to a project, each sent again when nobody answers or somebody is too busy, and their
 * failures as unchecked exceptions: a {@link BigqueryException} where BigQuery refused, a {@link
 * SystemFailureException} where it could not be reached or lets nobody in. Safe for use by several
 * threads.
 */
final class Requests implements AutoCloseable {
  private static final int PAUSES_WHEN_BUSY = 8;
  private static final int PAUSES_WHEN_LOST = 4;
  private static final Duration LAST_WORD = Duration.ofSeconds(10);

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final Set<String> LOCKED_OUT = Set.of("", "accessDenied", "forbidden");

  private static final Set<Integer> BUSY = Set.of(429, 500, 502, 503, 504);
  private static final Set<String> BUSY_REASONS =
      Set.of("rateLimitExceeded", "backendError", "jobRateLimitExceeded", "jobBackendError");

  private final ExecutorService threads = Executors.newCachedThreadPool(Requests::thread);
  private final Endpoint endpoint;

  Requests(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  private static Thread thread(Runnable request) {
    Thread thread = new Thread(request, "plumbline-bigquery-request");
    thread.setDaemon(true);
    return thread;
  }

  /** A request, made anew for each time that it is sent. */
  @FunctionalInterface
  interface Request<T> {
    T send() throws IOException;
  }

  /** An answer that is no success. */
  private record Refusal(int status, String reason, String message, IOException cause) {
    static Refusal of(HttpResponseException e) {
      GoogleJsonError told =
          e instanceof GoogleJsonResponseException json ? json.getDetails() : null;
      if (told == null) {
        return new Refusal(e.getStatusCode(), "", String.valueOf(e.getStatusMessage()), e);
      }
      boolean unreasoned = told.getErrors() == null || told.getErrors().isEmpty();
      return new Refusal(
          e.getStatusCode(),
          unreasoned ? "" : String.valueOf(told.getErrors().get(0).getReason()),
          String.valueOf(told.getMessage()),
          e);
    }

    boolean busy() {
      return BUSY.contains(status) || (status == FORBIDDEN && BUSY_REASONS.contains(reason));
    }
  }

  /** The answer to a request. */
  <T> T send(Request<T> request) {
    return sendUnless(0, request)
        .orElseThrow(() -> new IllegalStateException("A request without an answer."));
  }

  /** The answer to a request; empty when it is refused with a status that is no failure. */
  <T> Optional<T> sendUnless(int expected, Request<T> request) {
    Patience patience = new Patience();
    while (true) {
      try {
        return Optional.of(await(submitted(request)));
      } catch (HttpResponseException e) {
        Refusal refusal = Refusal.of(e);
        if (refusal.status() == expected) {
          return Optional.empty();
        }
        if (!refusal.busy() || patience.pauses() >= PAUSES_WHEN_BUSY) {
          throw failure(refusal);
        }
      } catch (IOException e) {
        if (e instanceof Retryable) {
          // What fails before anything is sent, by the library's own mark.
          throw new SystemFailureException(
              BigqueryTypes.FAMILY,
              "The Application Default Credentials were not taken: " + sentence(e.getMessage()),
              e);
        }
        if (patience.pauses() >= PAUSES_WHEN_LOST) {
          throw new SystemFailureException(
              BigqueryTypes.FAMILY, "The connection to %s was lost.".formatted(endpoint), e);
        }
      }
      patience.pause();
      interruption();
    }
  }

  private <T> Future<T> submitted(Request<T> request) {
    try {
      return threads.submit(request::send);
    } catch (RejectedExecutionException e) {
      throw new SystemFailureException(
          BigqueryTypes.FAMILY, "The connection to %s was closed.".formatted(endpoint), e);
    }
  }

  private static <T> T await(Future<T> answer) throws IOException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException("A request failed.", e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw interrupted();
    }
  }

  /** Fails when whoever waits was interrupted. */
  static void interruption() {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted();
    }
  }

  private static SystemFailureException interrupted() {
    return new SystemFailureException(BigqueryTypes.FAMILY, "A request was interrupted.");
  }

  private RuntimeException failure(Refusal refusal) {
    boolean forbidden = refusal.status() == FORBIDDEN;
    if (refusal.status() == UNAUTHORIZED || (forbidden && LOCKED_OUT.contains(refusal.reason()))) {
      return new SystemFailureException(
          BigqueryTypes.FAMILY,
          "%s lets nobody in with these credentials: %s"
              .formatted(endpoint, sentence(refusal.message())),
          refusal.cause());
    }
    if (refusal.busy()) {
      return new SystemFailureException(
          BigqueryTypes.FAMILY,
          "%s is too busy: %s".formatted(endpoint, sentence(refusal.message())),
          refusal.cause());
    }
    if (forbidden) {
      // A quota, or nobody who pays.
      return new SystemFailureException(
          BigqueryTypes.FAMILY,
          "%s serves no more: %s".formatted(endpoint, sentence(refusal.message())),
          refusal.cause());
    }
    return new BigqueryException("BigQuery: " + sentence(refusal.message()), refusal.cause());
  }

  /** Whether a job that ended with this reason may end well when it is asked for again. */
  static boolean passing(@Nullable String reason) {
    return reason != null && BUSY_REASONS.contains(reason);
  }

  /** True when the pauses of somebody who is told to come back later were enough of them. */
  static boolean enough(Patience patience) {
    return patience.pauses() >= PAUSES_WHEN_BUSY;
  }

  /** Sends a request once; false when there is no answer, or one that is no success. */
  boolean answers(Request<?> request) {
    try {
      await(submitted(request));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Sends a request once, and does not insist on an answer. */
  void lastly(Request<?> request) {
    Future<?> answer = submitted(request);
    try {
      answer.get(LAST_WORD.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      answer.cancel(true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What BigQuery says is a line, with or without a full stop. */
  static String sentence(@Nullable String message) {
    String line = String.valueOf(message).lines().findFirst().orElse("").strip();
    return line.endsWith(".") ? line : line + ".";
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
