package io.plumbline.matrix.connector;

import io.plumbline.matrix.dataset.Bytes;
import io.plumbline.matrix.dataset.LogicalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apiguardian.api.API;

/** The canonical text of a value that travels as text. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public enum TextForm {
  /** The value is text already and stays as it is; a UUID in lower case. */
  VERBATIM,
  /** Plain decimal digits, scale kept, no exponent. */
  DECIMAL,
  /**
   * A floating-point number in PostgreSQL's notation: the fewest significant digits that read back
   * as the same number (to the even one between two), of several such texts the nearest one; plain
   * while the exponent of its first digit is -4 to 14 (to 5 in 32 bits), else like {@code 1.5e-05};
   * {@code -0}, {@code NaN}, {@code Infinity}, {@code -Infinity}.
   */
  FLOAT,
  /** {@code true} or {@code false}. */
  BOOLEAN,
  /**
   * ISO-8601 with seconds always, the fraction of a second without trailing zeros and left out when
   * zero, and the offset as {@code Z} or {@code +02:00} where the type has one.
   */
  ISO_8601,
  /** Lower-case hexadecimal digits. */
  HEX,
  /** A compact JSON array; elements as JSON numbers, strings or null. */
  JSON_ARRAY;

  /** True when values of the type can be written in this form. */
  public boolean fits(LogicalType type) {
    Set<Class<?>> values =
        switch (this) {
          case VERBATIM -> Set.of(String.class, UUID.class);
          case DECIMAL -> Set.of(Long.class, BigInteger.class, BigDecimal.class);
          case FLOAT -> Set.of(Double.class, Float.class);
          case BOOLEAN -> Set.of(Boolean.class);
          case ISO_8601 ->
              Set.of(LocalDate.class, LocalTime.class, LocalDateTime.class, OffsetDateTime.class);
          case HEX -> Set.of(Bytes.class);
          case JSON_ARRAY -> Set.of(List.class);
        };
    return values.contains(type.canonical());
  }
}
