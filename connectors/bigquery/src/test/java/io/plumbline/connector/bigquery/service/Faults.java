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
    FAILED_JOB
  }

  private record Fault(Kind kind, Pattern request, int status) {}

  /** Answers so many requests with a status, and does nothing. */
  public synchronized void status(String request, int status, int times) {
    for (int time = 0; time < times; time++) {
      ordered.add(new Fault(Kind.STATUS, Pattern.compile(request), status));
    }
  }

  /** Does what the next such request asks for, and ends the connection without an answer. */
  public synchronized void loseAnswer(String request) {
    ordered.add(new Fault(Kind.LOST_ANSWER, Pattern.compile(request), 0));
  }

  /** The next job that is asked for in such a request ends with an error. */
  public synchronized void failJob(String request) {
    ordered.add(new Fault(Kind.FAILED_JOB, Pattern.compile(request), 0));
  }

  /** True when everything has gone wrong that should. */
  public synchronized boolean over() {
    return ordered.isEmpty();
  }

  synchronized Optional<Integer> statusOf(String request) {
    return next(Kind.STATUS, request).map(Fault::status);
  }

  synchronized boolean losesAnswerOf(String request) {
    return next(Kind.LOST_ANSWER, request).isPresent();
  }

  synchronized boolean failsJobOf(String request) {
    return next(Kind.FAILED_JOB, request).isPresent();
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
