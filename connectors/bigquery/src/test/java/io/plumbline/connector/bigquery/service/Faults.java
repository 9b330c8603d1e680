package io.plumbline.connector.bigquery.service;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;

/** What goes wrong next, in the order in which it was ordered. Thread-safe. */
public final class Faults {
  private final Deque<Fault> ordered = new ArrayDeque<>();

  Faults() {}

  /** What goes wrong. */
  enum Kind {
    /** The request is answered with a status and nothing is done. */
    STATUS,
    /** What was asked for is done, and nobody is told. */
    LOST_ANSWER,
    /** The job ends with an error. */
    FAILED_JOB,
    /** The job ends because there are too many of them. */
    BUSY_JOB,
    /** A result ends in the middle. */
    CUT_RESULT
  }

  /** A status, and why. */
  record Busy(int status, String reason) {}

  private record Fault(Kind kind, Pattern request, Busy busy) {
    Fault(Kind kind, String request) {
      this(kind, Pattern.compile(request), new Busy(0, ""));
    }
  }

  /** Answers so many requests with a status, and does nothing. */
  public synchronized void status(String request, int status, String reason, int times) {
    for (int time = 0; time < times; time++) {
      ordered.add(new Fault(Kind.STATUS, Pattern.compile(request), new Busy(status, reason)));
    }
  }

  /** The next result of more than a page ends after its first one. */
  public synchronized void cutResult() {
    ordered.add(new Fault(Kind.CUT_RESULT, ""));
  }

  /** Does what the next such request asks for, and ends the connection without an answer. */
  public synchronized void loseAnswer(String request) {
    ordered.add(new Fault(Kind.LOST_ANSWER, request));
  }

  /** The next job that is asked for in such a request ends with an error. */
  public synchronized void failJob(String request) {
    ordered.add(new Fault(Kind.FAILED_JOB, request));
  }

  /** The next job that is asked for in such a request ends because there are too many of them. */
  public synchronized void busyJob(String request) {
    ordered.add(new Fault(Kind.BUSY_JOB, request));
  }

  /** True when everything has gone wrong that should. */
  public synchronized boolean over() {
    return ordered.isEmpty();
  }

  synchronized Optional<Busy> statusOf(String request) {
    return next(Kind.STATUS, request).map(Fault::busy);
  }

  synchronized boolean cutsResult() {
    return next(Kind.CUT_RESULT, "").isPresent();
  }

  synchronized boolean losesAnswerOf(String request) {
    return next(Kind.LOST_ANSWER, request).isPresent();
  }

  synchronized boolean failsJobOf(String request) {
    return next(Kind.FAILED_JOB, request).isPresent();
  }

  synchronized boolean busyJobOf(String request) {
    return next(Kind.BUSY_JOB, request).isPresent();
  }

  private Optional<Fault> next(Kind kind, String request) {
    Optional<Fault> next =
        ordered.stream()
            .filter(each -> each.kind() == kind && each.request().matcher(request).find())
            .findFirst();
    next.ifPresent(ordered::remove);
    return next;
  }
}
