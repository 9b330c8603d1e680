package io.plumbline.connector.postgres;

import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TextForm;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.dataset.Bytes;
import io.plumbline.matrix.dataset.LogicalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Canonical values in PostgreSQL's binary format of a target column's type. */
final class BinaryEncoder {
  private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);
  private static final long EPOCH_SECOND = EPOCH.toEpochDay() * 86_400;
  private static final long MICROS = 1_000_000;
  private static final int OID_INT8 = 20;
  private static final int OID_TEXT = 25;
  private static final int RANGE_EMPTY = 0x01;
  private static final int RANGE_LOWER_INCLUSIVE = 0x02;
  private static final int RANGE_UPPER_INCLUSIVE = 0x04;
  private static final int RANGE_LOWER_INFINITE = 0x08;
  private static final int RANGE_UPPER_INFINITE = 0x10;
  private static final int FAMILY_IP4 = 2;
  private static final int FAMILY_IP6 = 3;
  private static final int NUMERIC_NEGATIVE = 0x4000;
  private static final BigInteger NUMERIC_BASE = BigInteger.valueOf(10_000);
  private static final Pattern NUMBER = Pattern.compile("[^\\s,()\\[\\]<>]+");
  private static final Pattern INTERVAL_PART = Pattern.compile("([-0-9.]+)([YMDHS])|T");

  /** ISO-8601 with seconds always, and a fraction only where there is one. */
  private static final DateTimeFormatter ISO_8601 =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendOffsetId()
          .toFormatter(Locale.ROOT);

  private final LogicalType type;
  private final @Nullable TextForm form;

  BinaryEncoder(TypeMapping.Declaration declaration) {
    this.type = declaration.type();
    this.form = declaration.fidelity() instanceof Fidelity.AsText text ? text.form() : null;
  }

  /** Appends the value without its length. */
  void encode(Object value, ByteSink out) {
    if (form != null) {
      out.text(asText(form, value));
      return;
    }
    switch (type) {
      case SMALLINT -> out.int2(Math.toIntExact((Long) value));
      case INTEGER -> out.int4(Math.toIntExact((Long) value));
      case BIGINT -> out.int8((Long) value);
      case OID -> out.int4((int) (long) (Long) value);
      case DOUBLE -> out.int8(Double.doubleToRawLongBits((Double) value));
      case FLOAT32 -> out.int4(Float.floatToRawIntBits((Float) value));
      case DECIMAL_18_4, DECIMAL_38_10, DECIMAL_76_20 -> numeric((BigDecimal) value, out);
      case UINT64, INT128, INT256 -> numeric(new BigDecimal((BigInteger) value), out);
      case XID8 -> out.int8(((BigInteger) value).longValue());
      case DATE -> out.int4(days((LocalDate) value));
      case TIME -> out.int8(((LocalTime) value).toNanoOfDay() / 1_000);
      case TIMESTAMP, DATETIME2_7, DATETIME64_9 -> out.int8(micros((LocalDateTime) value));
      case TIMESTAMPTZ ->
          out.int8(
              micros(
                  ((OffsetDateTime) value)
                      .withOffsetSameInstant(ZoneOffset.UTC)
                      .toLocalDateTime()));
      case BOOLEAN -> out.int1((Boolean) value ? 1 : 0);
      case BINARY_16, VARBINARY_255, BLOB, ROWVERSION -> out.bytes(((Bytes) value).toArray());
      case UUID -> {
        out.int8(((UUID) value).getMostSignificantBits());
        out.int8(((UUID) value).getLeastSignificantBits());
      }
      case JSONB, MAP_TEXT, STRUCT, VARIANT -> {
        out.int1(1);
        out.text((String) value);
      }
      case BIT_8, VARBIT_64 -> bits((String) value, out);
      case INT_ARRAY, INT_MATRIX -> array((List<?>) value, OID_INT8, out);
      case TEXT_ARRAY -> array((List<?>) value, OID_TEXT, out);
      case INT_RANGE, DECIMAL_RANGE, DATE_RANGE -> range((String) value, out);
      case POINT, SEGMENT, BOX, CIRCLE -> floats((String) value, out);
      case PATH -> {
        out.int1(((String) value).startsWith("(") ? 1 : 0);
        points((String) value, out);
      }
      case POLYGON -> points((String) value, out);
      case INET, CIDR -> address((String) value, out);
      case MACADDR, MACADDR8 -> out.bytes(HexFormat.ofDelimiter(":").parseHex((String) value));
      case LSN -> {
        String lsn = (String) value;
        int slash = lsn.indexOf('/');
        out.int4(Integer.parseUnsignedInt(lsn, 0, slash, 16));
        out.int4(Integer.parseUnsignedInt(lsn, slash + 1, lsn.length(), 16));
      }
      case INTERVAL -> interval((String) value, out);
      default -> out.text((String) value);
    }
  }

  private static String asText(TextForm form, Object value) {
    if (form == TextForm.ISO_8601 && value instanceof OffsetDateTime time) {
      return ISO_8601.format(time);
    }
    throw new IllegalStateException("PostgreSQL declares no text form " + form);
  }

  private static int days(LocalDate date) {
    return Math.toIntExact(date.toEpochDay() - EPOCH.toEpochDay());
  }

  /** Half a microsecond rounds up; the server itself would round its text half to even. */
  private static long micros(LocalDateTime time) {
    return (time.toEpochSecond(ZoneOffset.UTC) - EPOCH_SECOND) * MICROS
        + (time.getNano() + 500) / 1_000;
  }

  private static void numeric(BigDecimal value, ByteSink out) {
    int scale = Math.max(0, value.scale());
    int padded = (scale + 3) / 4 * 4;
    BigInteger rest = value.abs().setScale(padded).unscaledValue();
    // At most 76 digits and their padding: twenty groups of four and some to spare.
    int[] groups = new int[64];
    int count = 0;
    while (rest.signum() != 0) {
      BigInteger[] parts = rest.divideAndRemainder(NUMERIC_BASE);
      groups[count++] = parts[1].intValue();
      rest = parts[0];
    }
    int last = 0;
    while (last < count && groups[last] == 0) {
      last++;
    }
    out.int2(count - last);
    out.int2(count == 0 ? 0 : count - 1 - padded / 4);
    out.int2(value.signum() < 0 ? NUMERIC_NEGATIVE : 0);
    out.int2(scale);
    for (int i = count - 1; i >= last; i--) {
      out.int2(groups[i]);
    }
  }

  private static void bits(String bits, ByteSink out) {
    out.int4(bits.length());
    for (int i = 0; i < bits.length(); i += 8) {
      String octet = (bits + "0000000").substring(i, i + 8);
      out.int1(Integer.parseInt(octet, 2));
    }
  }

  private static void array(List<?> value, int elementType, ByteSink out) {
    boolean matrix = !value.isEmpty() && value.get(0) instanceof List<?>;
    out.int4(value.isEmpty() ? 0 : matrix ? 2 : 1);
    // Whether there are NULLs is for the receiver to find out: 1 allows them.
    out.int4(1);
    out.int4(elementType);
    if (value.isEmpty()) {
      return;
    }
    dimension(value.size(), out);
    if (matrix) {
      dimension(((List<?>) value.get(0)).size(), out);
    }
    elements(value, out);
  }

  private static void dimension(int size, ByteSink out) {
    out.int4(size);
    out.int4(1);
  }

  private static void elements(List<?> values, ByteSink out) {
    for (Object element : values) {
      if (element instanceof List<?> row) {
        elements(row, out);
      } else if (element == null) {
        out.int4(-1);
      } else {
        int mark = out.beginLength();
        if (element instanceof Long number) {
          out.int8(number);
        } else {
          out.text((String) element);
        }
        out.endLength(mark);
      }
    }
  }

  private void range(String text, ByteSink out) {
    if (text.equals("empty")) {
      out.int1(RANGE_EMPTY);
      return;
    }
    int comma = text.indexOf(',');
    String lower = text.substring(1, comma);
    String upper = text.substring(comma + 1, text.length() - 1);
    out.int1(
        (text.startsWith("[") ? RANGE_LOWER_INCLUSIVE : 0)
            | (text.endsWith("]") ? RANGE_UPPER_INCLUSIVE : 0)
            | (lower.isEmpty() ? RANGE_LOWER_INFINITE : 0)
            | (upper.isEmpty() ? RANGE_UPPER_INFINITE : 0));
    bound(lower, out);
    bound(upper, out);
  }

  private void bound(String text, ByteSink out) {
    if (text.isEmpty()) {
      return;
    }
    int mark = out.beginLength();
    switch (type) {
      case INT_RANGE -> out.int8(Long.parseLong(text));
      case DATE_RANGE -> out.int4(days(LocalDate.parse(text)));
      default -> numeric(new BigDecimal(text), out);
    }
    out.endLength(mark);
  }

  private static int floats(String text, ByteSink out) {
    Matcher numbers = NUMBER.matcher(text);
    int count = 0;
    while (numbers.find()) {
      out.int8(Double.doubleToRawLongBits(Double.parseDouble(numbers.group())));
      count++;
    }
    return count;
  }

  private static void points(String text, ByteSink out) {
    int mark = out.beginLength();
    out.patch(mark, floats(text, out) / 2);
  }

  private void address(String text, ByteSink out) {
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    byte[] octets = host.indexOf(':') < 0 ? ip4(host) : ip6(host);
    out.int1(octets.length == 4 ? FAMILY_IP4 : FAMILY_IP6);
    out.int1(slash < 0 ? octets.length * 8 : Integer.parseInt(text, slash + 1, text.length(), 10));
    out.int1(type == LogicalType.CIDR ? 1 : 0);
    out.int1(octets.length);
    out.bytes(octets);
  }

  private static byte[] ip4(String host) {
    byte[] octets = new byte[4];
    List<String> parts = List.of(host.split("\\.", -1));
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) Integer.parseInt(parts.get(i));
    }
    return octets;
  }

  /** Not by {@code InetAddress}, which turns mapped addresses into IPv4. */
  private static byte[] ip6(String host) {
    byte[] octets = new byte[16];
    int gap = host.indexOf("::");
    byte[] head = groups(gap < 0 ? host : host.substring(0, gap));
    byte[] tail = groups(gap < 0 ? "" : host.substring(gap + 2));
    System.arraycopy(head, 0, octets, 0, head.length);
    System.arraycopy(tail, 0, octets, octets.length - tail.length, tail.length);
    return octets;
  }

  private static byte[] groups(String text) {
    ByteSink octets = new ByteSink(16);
    for (String group : text.isEmpty() ? List.<String>of() : List.of(text.split(":", -1))) {
      if (group.indexOf('.') >= 0) {
        octets.bytes(ip4(group));
      } else {
        octets.int2(Integer.parseInt(group, 16));
      }
    }
    return octets.toArray();
  }

  private static void interval(String text, ByteSink out) {
    long months = 0;
    long days = 0;
    long micros = 0;
    boolean time = false;
    Matcher parts = INTERVAL_PART.matcher(text);
    while (parts.find()) {
      String amount = parts.group(1);
      if (amount == null) {
        time = true;
        continue;
      }
      switch (parts.group(2)) {
        case "Y" -> months += 12 * Long.parseLong(amount);
        case "D" -> days += Long.parseLong(amount);
        case "H" -> micros += 3_600 * MICROS * Long.parseLong(amount);
        case "S" -> micros += new BigDecimal(amount).movePointRight(6).longValueExact();
        default -> {
          if (time) {
            micros += 60 * MICROS * Long.parseLong(amount);
          } else {
            months += Long.parseLong(amount);
          }
        }
      }
    }
    out.int8(micros);
    out.int4(Math.toIntExact(days));
    out.int4(Math.toIntExact(months));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
