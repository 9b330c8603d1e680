package io.plumbline.connector.clickhouse;

import io.plumbline.connector.jdbc.CanonicalText;
import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TextForm;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.dataset.Bytes;
import io.plumbline.matrix.dataset.LogicalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Canonical values in the format RowBinary of a target column's type, without the mark of NULL. See
 * "RowBinary" (<a href="https://clickhouse.com/docs/interfaces/formats/RowBinary">RowBinary
 * format</a>).
 */
final class RowBinaryEncoder {
  private static final int INT128_BYTES = 16;
  private static final int INT256_BYTES = 32;
  static final long MICROS = 1_000_000;
  private static final long NANOS = 1_000_000_000;

  private final LogicalType type;
  private final @Nullable TextForm form;

  RowBinaryEncoder(TypeMapping.Declaration declaration) {
    this.type = declaration.type();
    this.form = declaration.fidelity() instanceof Fidelity.AsText text ? text.form() : null;
  }

  void encode(Object value, ByteSink out) {
    if (form != null) {
      out.text(CanonicalText.of(form, value));
      return;
    }
    switch (type) {
      case SMALLINT -> out.int2(Math.toIntExact((Long) value));
      case INTEGER -> out.int4(Math.toIntExact((Long) value));
      case BIGINT -> out.int8((Long) value);
      case OID -> out.int4((int) (long) (Long) value);
      case UINT64, XID8 -> out.int8(((BigInteger) value).longValue());
      case INT128 -> out.integer((BigInteger) value, INT128_BYTES);
      case INT256 -> out.integer((BigInteger) value, INT256_BYTES);
      case DECIMAL_18_4 -> out.int8(((BigDecimal) value).unscaledValue().longValueExact());
      case DECIMAL_38_10 -> out.integer(((BigDecimal) value).unscaledValue(), INT128_BYTES);
      case DECIMAL_76_20 -> out.integer(((BigDecimal) value).unscaledValue(), INT256_BYTES);
      case DOUBLE -> out.int8(Double.doubleToRawLongBits((Double) value));
      case FLOAT32 -> out.int4(Float.floatToRawIntBits((Float) value));
      case DATE -> out.int4(Math.toIntExact(((LocalDate) value).toEpochDay()));
      case TIME -> out.int8(((LocalTime) value).toNanoOfDay() / (NANOS / MICROS));
      case TIMESTAMP -> out.int8(ticks((LocalDateTime) value, MICROS));
      case DATETIME64_9 -> out.int8(ticks((LocalDateTime) value, NANOS));
      case BOOLEAN -> out.int1((Boolean) value ? 1 : 0);
      case BINARY_16, ROWVERSION -> out.bytes(((Bytes) value).toArray());
      case VARBINARY_255, BLOB -> out.string(((Bytes) value).toArray());
      case UUID -> {
        out.int8(((UUID) value).getMostSignificantBits());
        out.int8(((UUID) value).getLeastSignificantBits());
      }
      default -> out.text((String) value);
    }
  }

  static long ticks(LocalDateTime time, long perSecond) {
    return Math.addExact(
        Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), perSecond),
        time.getNano() / (NANOS / perSecond));
  }
}
