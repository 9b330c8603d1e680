package io.plumbline.connector.bigquery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plumbline.connector.jdbc.Conversion;
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
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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

  private final Conversion conversion;

  JsonCell(TypeMapping.Declaration declaration) {
    this.conversion = new Conversion(declaration);
  }

  /** The JSON of a value that is not NULL. */
  byte[] encode(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      write(conversion.apply(value), json);
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
        ? DATE_TIME.format(time.withOffsetSameInstant(ZoneOffset.UTC)) + "Z"
        : value.toString();
  }
}
