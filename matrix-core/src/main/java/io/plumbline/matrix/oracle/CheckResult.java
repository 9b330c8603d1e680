package io.plumbline.matrix.oracle;

import org.apiguardian.api.API;

/**
 * One executed check.
 *
 * @param check its name
 * @param outcome what it found
 * @param expected what had to be, as text
 * @param actual what was, as text
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record CheckResult(Check check, Outcome outcome, String expected, String actual) {

  /** What a check found. */
  public enum Outcome {
    PASS,
    FAIL,
    /** It had nothing to look at; fails the case. */
    UNKNOWN,
    /** The system declares that it does not let anybody see this. */
    NOT_OBSERVABLE
  }

  /** Passes when both texts are equal. */
  public static CheckResult ofEqual(Check check, Object expected, Object actual) {
    boolean equal = expected.equals(actual);
    return new CheckResult(
        check,
        equal ? Outcome.PASS : Outcome.FAIL,
        String.valueOf(expected),
        String.valueOf(actual));
  }

  /** A check that had nothing to look at. */
  public static CheckResult unknown(Check check, String why) {
    return new CheckResult(check, Outcome.UNKNOWN, "", why);
  }

  /** A check that the system does not let anybody make. */
  public static CheckResult notObservable(Check check) {
    return new CheckResult(check, Outcome.NOT_OBSERVABLE, "", "not observable");
  }
}
