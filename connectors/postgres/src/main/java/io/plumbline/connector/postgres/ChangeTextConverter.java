package io.plumbline.connector.postgres;

import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import io.plumbline.connector.jdbc.FloatText;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Properties;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.postgresql.geometric.PGbox;
import org.postgresql.geometric.PGcircle;
import org.postgresql.geometric.PGlseg;
import org.postgresql.geometric.PGpath;
import org.postgresql.geometric.PGpoint;
import org.postgresql.geometric.PGpolygon;
import org.postgresql.util.PGInterval;

/**
 * Turns whatever Debezium made of a column's text back into text, so that every type can be carried
 * in its events. Made by the engine by name.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class ChangeTextConverter implements CustomConverter<SchemaBuilder, RelationalColumn> {
  private static final long MICROS = 1_000_000;

  /** Called by the engine. */
  public ChangeTextConverter() {}

  @Override
  public void configure(Properties properties) {}

  @Override
  public void converterFor(
      RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
    registration.register(
        SchemaBuilder.string().optional(), value -> value == null ? null : text(value));
  }

  static @Nullable String text(Object value) {
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof io.debezium.data.SpecialValueDecimal decimal) {
      return decimal.getDecimalValue().map(java.math.BigDecimal::toPlainString).orElse(null);
    }
    if (value instanceof Instant instant) {
      return instant.atOffset(java.time.ZoneOffset.UTC).toLocalDateTime().toString();
    }
    if (value instanceof PGInterval interval) {
      return interval(interval);
    }
    String geometry = geometry(value);
    return geometry == null ? value.toString() : geometry;
  }

  private static String interval(PGInterval interval) {
    long micros =
        interval.getHours() * 3_600L * MICROS
            + interval.getMinutes() * 60L * MICROS
            + interval.getWholeSeconds() * MICROS
            + interval.getMicroSeconds();
    int months = Math.toIntExact(interval.getYears() * 12L + interval.getMonths());
    return BinaryDecoder.interval(months, interval.getDays(), micros);
  }

  private static @Nullable String geometry(Object value) {
    if (value instanceof PGpoint point) {
      return point(point);
    }
    if (value instanceof PGlseg segment && segment.point != null) {
      return "[" + points(segment.point) + "]";
    }
    if (value instanceof PGbox box && box.point != null) {
      return points(box.point);
    }
    if (value instanceof PGpath path && path.points != null) {
      return path.open ? "[" + points(path.points) + "]" : "(" + points(path.points) + ")";
    }
    if (value instanceof PGpolygon polygon && polygon.points != null) {
      return "(" + points(polygon.points) + ")";
    }
    if (value instanceof PGcircle circle && circle.center != null) {
      return "<" + point(circle.center) + "," + FloatText.of(circle.radius) + ">";
    }
    return null;
  }

  private static String points(PGpoint... points) {
    java.util.StringJoiner joined = new java.util.StringJoiner(",");
    for (PGpoint point : points) {
      joined.add(point(point));
    }
    return joined.toString();
  }

  private static String point(PGpoint point) {
    return "(" + FloatText.of(point.x) + "," + FloatText.of(point.y) + ")";
  }
}
