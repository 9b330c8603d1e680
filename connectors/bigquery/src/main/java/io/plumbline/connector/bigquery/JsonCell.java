package io.plumbline.connector.bigquery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.dataset.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A value as it stands in the rows of a load job, converted as the sink declares: "Details of
 * loading JSON data" ({@code
 * https://cloud.google.com/bigquery/docs/loading-data-cloud-storage-json#details_of_loading_json_data}).
 * Exact numbers are texts there, because a JSON number may be read as a FLOAT64. Bytes are a text
 * of hexadecimal digits until they are published: an emulator takes base64 for what it stands for.
 */
final class JsonCell {
  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT);
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);

  private final Fidelity fidelity;

  JsonCell(TypeMapping.Declaration declaration) {
    this.fidelity = declaration.fidelity();
  }

  /** The JSON of a value that is not NULL. */
  byte[] encode(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      if (fidelity instanceof Fidelity.AsText text) {
        json.writeString(CanonicalText.of(text.form(), value));
      } else if (fidelity instanceof Fidelity.Rounded rounded) {
        write(rounded((Temporal) value, rounded.fractionDigits()), json);
      } else {
        write(value, json);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(Object value, JsonGenerator json) throws IOException {
    if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Double || value instanceof Float) {
      // The generator quotes what is no number.
      json.writeNumber(((Number) value).doubleValue());
    } else {
      json.writeString(text(value));
    }
  }

  private static String text(Object value) {
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof Bytes bytes) {
      return HexFormat.of().formatHex(bytes.toArray());
    }
    if (value instanceof LocalDate date) {
      return DateTimeFormatter.ISO_LOCAL_DATE.format(date);
    }
    if (value instanceof LocalTime time) {
      return TIME.format(time);
    }
    if (value instanceof LocalDateTime time) {
      return DATE_TIME.format(time);
    }
    return value instanceof OffsetDateTime time
        ? DATE_TIME.format(time.withOffsetSameInstant(java.time.ZoneOffset.UTC)) + "Z"
        : value.toString();
  }

  private static Temporal rounded(Temporal time, int digits) {
    long unit = 1;
    for (int digit = digits; digit < 9; digit++) {
      unit *= 10;
    }
    Temporal later = time.plus(unit / 2, ChronoUnit.NANOS);
    long nanos = later.getLong(ChronoField.NANO_OF_SECOND);
    return later.with(ChronoField.NANO_OF_SECOND, nanos - nanos % unit);
  }
}
