package io.plumbline.connector.clickhouse;

import com.clickhouse.data.ClickHouseFormat;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.dataset.Bytes;
import io.plumbline.matrix.dataset.LogicalType;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the data set that the fixture inserts as tab-separated text. They go through a table in
 * which floating-point numbers are text still, because only a conversion reads them precisely:
 * ClickHouse takes the nearest number or its neighbour when it parses them in a format ("Float32 |
 * Float64 | BFloat16 Types", <a
 * href="https://clickhouse.com/docs/reference/data-types/float">…/data-types/float</a>).
 */
final class FixtureRows {
  private static final int MOST_BYTES = 8 << 20;
  private static final byte[] NULL = {'\\', 'N'};
  private static final String TEXT = "text";

  private final Server server;
  private final List<ColumnContract> columns;
  private final List<Map<Object, byte[]>> known;
  private final String table;
  private final String textTable;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  FixtureRows(Server server, CaseNames names, List<ColumnContract> contracts) {
    this.server = server;
    this.columns = contracts.stream().filter(ColumnContract::atSource).toList();
    this.known = columns.stream().<Map<Object, byte[]>>map(c -> new IdentityHashMap<>()).toList();
    this.table = ClickhouseTypes.DIALECT.quotePath(names.table());
    this.textTable = ClickhouseTypes.DIALECT.quotePath(names.path(TEXT));
    server.execute(
        "CREATE OR REPLACE TABLE %s ENGINE = Memory AS SELECT %s FROM %s WHERE false"
            .formatted(textTable, converted("Nullable(String)"), table));
  }

  private String converted(String floatType) {
    String replaced =
        columns.stream()
            .filter(c -> isFloat(c.carried()))
            .map(c -> ClickhouseTypes.DIALECT.quote(c.column().name()))
            .map(c -> "CAST(%1$s AS %2$s) AS %1$s".formatted(c, floatType))
            .collect(Collectors.joining(", "));
    return replaced.isEmpty() ? "*" : "* REPLACE (" + replaced + ")";
  }

  private static boolean isFloat(LogicalType type) {
    return type == LogicalType.DOUBLE || type == LogicalType.FLOAT32;
  }

  /** Adds a version of a row, or of its deletion. */
  void add(Object[] row, int version, boolean deleted) {
    for (int i = 0; i < columns.size(); i++) {
      text.writeBytes(cell(columns.get(i), row, known.get(i)));
      text.write('\t');
    }
    text.writeBytes(ascii(version + "\t" + (deleted ? 1 : 0) + "\n"));
    if (text.size() > MOST_BYTES) {
      flush();
    }
  }

  /** Makes all rows so far visible. */
  void flush() {
    List<String> names =
        Stream.concat(
                columns.stream().map(c -> c.column().name()),
                Stream.of(ClickhouseTable.VERSION, ClickhouseTable.DELETED))
            .map(ClickhouseTypes.DIALECT::quote)
            .toList();
    server.insert(textTable, names, ClickHouseFormat.TabSeparated, out -> text.writeTo(out));
    text.reset();
    server.execute(
        "INSERT INTO %s SELECT * FROM %s SETTINGS precise_float_parsing = 1"
            .formatted(table, textTable));
    server.execute("TRUNCATE TABLE " + textTable);
  }

  private static byte[] cell(ColumnContract contract, Object[] row, Map<Object, byte[]> known) {
    Object value = row[contract.column().index()];
    if (value == null) {
      return NULL;
    }
    return contract.column().wide()
        ? known.computeIfAbsent(value, v -> text(contract.source(), v))
        : text(contract.source(), value);
  }

  private static byte[] text(TypeMapping.Declaration declaration, Object value) {
    if (value instanceof Bytes bytes) {
      return escaped(bytes.toArray());
    }
    boolean asText = declaration.fidelity() instanceof Fidelity.AsText;
    return escaped(plain(value, asText).getBytes(StandardCharsets.UTF_8));
  }

  private static String plain(Object value, boolean canonical) {
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof LocalDateTime time) {
      return time.toLocalDate() + (canonical ? "T" : " ") + clock(time.toLocalTime());
    }
    if (value instanceof OffsetDateTime time) {
      return plain(time.toLocalDateTime(), canonical) + time.getOffset().getId();
    }
    if (value instanceof LocalTime time) {
      return clock(time);
    }
    return value instanceof List<?> list ? array(list) : Objects.toString(value);
  }

  /** Seconds always, a fraction without trailing zeros. */
  private static String clock(LocalTime time) {
    String seconds = time.withNano(0).toString();
    String fraction = ("." + (1_000_000_000 + time.getNano())).replaceFirst("^\\.1", ".");
    return (time.getSecond() == 0 ? seconds + ":00" : seconds)
        + (time.getNano() == 0 ? "" : fraction.replaceFirst("0+$", ""));
  }

  private static String array(List<?> elements) {
    return elements.stream().map(FixtureRows::element).collect(Collectors.joining(",", "[", "]"));
  }

  private static String element(@Nullable Object element) {
    if (element instanceof List<?> nested) {
      return array(nested);
    }
    return element instanceof String text
        ? text.chars().mapToObj(c -> json((char) c)).collect(Collectors.joining("", "\"", "\""))
        : String.valueOf(element);
  }

  private static String json(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> c < ' ' ? "\\u00%02X".formatted((int) c) : String.valueOf(c);
    };
  }

  private static byte[] escaped(byte[] plain) {
    ByteArrayOutputStream escaped = new ByteArrayOutputStream(plain.length + 8);
    for (byte b : plain) {
      int special = "\\\t\n\r\0".indexOf(b);
      if (special < 0) {
        escaped.write(b);
      } else {
        escaped.write('\\');
        escaped.write("\\tnr0".charAt(special));
      }
    }
    return escaped.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
