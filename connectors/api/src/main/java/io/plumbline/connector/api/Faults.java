package io.plumbline.connector.api;

/** What goes wrong at which request, as it does with every API now and then. Thread-safe. */
@FunctionalInterface
interface Faults {

  /** What becomes of an answer. */
  enum Fault {
    NONE,
    /** 503, and no word about when to come back. */
    UNAVAILABLE,
    /** 500. */
    BROKEN,
    /** 429 with {@code Retry-After}. */
    TOO_MANY,
    /** The body ends in the middle. */
    TRUNCATED,
    /** The connection is closed without an answer. */
    DROPPED,
    /** A row of the page is given twice. A lie, not a failure: it must be noticed. */
    REPEATED_ROW,
    /** A row of the page is left out; the same. */
    MISSING_ROW
  }

  /** The fault at a request; the first one of a case has number 0. */
  Fault at(long request);

  /** Everything that may be tried again, each of it once in so many requests. */
  static Faults nowAndThen(long seed) {
    int period = 61;
    return request ->
        switch ((int) Math.floorMod(request + seed, (long) period)) {
          case 7 -> Fault.UNAVAILABLE;
          case 19 -> Fault.TRUNCATED;
          case 31 -> Fault.TOO_MANY;
          case 43 -> Fault.DROPPED;
          case 55 -> Fault.BROKEN;
          default -> Fault.NONE;
        };
  }
}
