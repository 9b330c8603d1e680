package io.plumbline.matrix.connector;

import io.plumbline.matrix.dataset.LogicalType;
import org.apiguardian.api.API;

/** What a system promises about the values of a logical type in one role. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public sealed interface Fidelity {

  /** Every value comes back as it went in. */
  record Exact() implements Fidelity {}

  /** Every value is kept, in a wider logical type. */
  record Widened(LogicalType to) implements Fidelity {}

  /**
   * Every value is kept, in a floating-point type that may be wider, but negative zero comes back
   * as zero.
   */
  record UnsignedZero(LogicalType to) implements Fidelity {}

  /**
   * Fractions are rounded half up (away from zero for numbers, towards later for times) to so many
   * digits.
   */
  record Rounded(int fractionDigits) implements Fidelity {}

  /** Fractions beyond so many digits are cut off. */
  record Truncated(int fractionDigits) implements Fidelity {}

  /** Every value travels as text in a canonical form. */
  record AsText(TextForm form) implements Fidelity {}

  /** The system has no column for it; the reason is one sentence. */
  record Unsupported(String reason) implements Fidelity {}

  /** The logical type that the value has after it went through the system. */
  default LogicalType carried(LogicalType type) {
    if (this instanceof Widened widened) {
      return widened.to();
    }
    if (this instanceof UnsignedZero unsigned) {
      return unsigned.to();
    }
    return this instanceof AsText ? LogicalType.LONG_TEXT : type;
  }

  /** How it is written in tables and artifacts, e.g. {@code ROUNDED(6)}. */
  default String label() {
    if (this instanceof Widened widened) {
      return "WIDENED(" + widened.to().id() + ")";
    }
    if (this instanceof UnsignedZero unsigned) {
      return "UNSIGNED_ZERO(" + unsigned.to().id() + ")";
    }
    if (this instanceof Rounded rounded) {
      return "ROUNDED(" + rounded.fractionDigits() + ")";
    }
    if (this instanceof Truncated truncated) {
      return "TRUNCATED(" + truncated.fractionDigits() + ")";
    }
    if (this instanceof AsText text) {
      return "AS_TEXT(" + text.form().name().toLowerCase(java.util.Locale.ROOT) + ")";
    }
    return this instanceof Unsupported unsupported
        ? "UNSUPPORTED(" + unsupported.reason() + ")"
        : "EXACT";
  }
}
