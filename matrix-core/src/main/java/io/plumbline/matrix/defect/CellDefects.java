package io.plumbline.matrix.defect;

import static io.plumbline.matrix.dataset.LogicalType.BIGINT;
import static io.plumbline.matrix.dataset.LogicalType.BINARY_16;
import static io.plumbline.matrix.dataset.LogicalType.BLOB;
import static io.plumbline.matrix.dataset.LogicalType.BOOLEAN;
import static io.plumbline.matrix.dataset.LogicalType.CHAR_10;
import static io.plumbline.matrix.dataset.LogicalType.DATE;
import static io.plumbline.matrix.dataset.LogicalType.DATETIME2_7;
import static io.plumbline.matrix.dataset.LogicalType.DATETIME64_9;
import static io.plumbline.matrix.dataset.LogicalType.DATETIMEOFFSET_7;
import static io.plumbline.matrix.dataset.LogicalType.DECIMAL_18_4;
import static io.plumbline.matrix.dataset.LogicalType.DECIMAL_38_10;
import static io.plumbline.matrix.dataset.LogicalType.DECIMAL_76_20;
import static io.plumbline.matrix.dataset.LogicalType.DOUBLE;
import static io.plumbline.matrix.dataset.LogicalType.FLOAT32;
import static io.plumbline.matrix.dataset.LogicalType.INT_ARRAY;
import static io.plumbline.matrix.dataset.LogicalType.INT_MATRIX;
import static io.plumbline.matrix.dataset.LogicalType.JSON;
import static io.plumbline.matrix.dataset.LogicalType.LONG_TEXT;
import static io.plumbline.matrix.dataset.LogicalType.TEXT;
import static io.plumbline.matrix.dataset.LogicalType.TEXT_ARRAY;
import static io.plumbline.matrix.dataset.LogicalType.TIME;
import static io.plumbline.matrix.dataset.LogicalType.TIMESTAMP;
import static io.plumbline.matrix.dataset.LogicalType.TIMESTAMPTZ;
import static io.plumbline.matrix.dataset.LogicalType.UINT64;
import static io.plumbline.matrix.dataset.LogicalType.UNICODE_TEXT;
import static io.plumbline.matrix.dataset.LogicalType.VARBINARY_255;
import static io.plumbline.matrix.dataset.LogicalType.VARBIT_64;
import static io.plumbline.matrix.dataset.LogicalType.VARCHAR_255;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.dataset.Bytes;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.oracle.Check;
import io.plumbline.matrix.registry.Strategy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Values that go wrong. They bite the wide columns only, so that keys, dates and cursors go on
 * working, and a type's defect only the columns that are declared exact in both roles: elsewhere
 * the declared loss may hide it.
 */
final class CellDefects {
  private static final ObjectMapper PARSER = new ObjectMapper();
  private static final int SHORT_TEXT = 100;

  private static final Set<LogicalType> TEXTS =
      EnumSet.of(VARCHAR_255, TEXT, UNICODE_TEXT, LONG_TEXT);

  /** What NULL becomes where a program has no NULL, by class of the carried values. */
  private static final Map<Class<?>, Object> ZEROS =
      Map.ofEntries(
          Map.entry(Long.class, 0L),
          Map.entry(BigDecimal.class, BigDecimal.ZERO),
          Map.entry(BigInteger.class, BigInteger.ZERO),
          Map.entry(Double.class, 0.0),
          Map.entry(Float.class, 0.0f),
          Map.entry(Boolean.class, false),
          Map.entry(String.class, ""),
          Map.entry(Bytes.class, Bytes.of()),
          Map.entry(LocalDate.class, LocalDate.EPOCH),
          Map.entry(LocalTime.class, LocalTime.MIDNIGHT),
          Map.entry(LocalDateTime.class, LocalDate.EPOCH.atStartOfDay()),
          Map.entry(OffsetDateTime.class, LocalDate.EPOCH.atStartOfDay().atOffset(ZoneOffset.UTC)),
          Map.entry(List.class, List.of()),
          Map.entry(UUID.class, new UUID(0, 0)));

  private CellDefects() {}

  static List<Defect> all() {
    return Stream.of(nulls(), texts(), numbers(), times(), structures())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Defect> nulls() {
    return List.of(
        cells(
            "all-cells-null",
            "Every wide cell arrives as NULL.",
            Check.NULL_IS_NOT_EMPTY,
            wide(),
            (column, value) -> null),
        cells(
            "no-cell-null",
            "NULL arrives as the zero of its type.",
            Check.NULL_IS_NOT_EMPTY,
            wide().and(c -> c.column().nullPercent() > 0),
            (column, value) -> value == null ? zero(column) : value),
        cells(
            "empty-text-for-null",
            "NULL arrives as an empty text.",
            Check.NULL_IS_NOT_EMPTY,
            exact(TEXTS).and(c -> c.column().nullPercent() > 0),
            (column, value) -> value == null ? "" : value),
        cells(
            "null-for-empty-text",
            "An empty text arrives as NULL.",
            Check.NULL_IS_NOT_EMPTY,
            exact(EnumSet.of(VARCHAR_255, TEXT)),
            (column, value) -> Objects.equals(value, "") ? null : value),
        cells(
            "null-for-the-word-null",
            "The text 'NULL' arrives as NULL.",
            Check.NULL_IS_NOT_EMPTY,
            exact(EnumSet.of(VARCHAR_255, TEXT)),
            (column, value) -> Objects.equals(value, "NULL") ? null : value),
        cells(
            "null-for-nan",
            "NaN arrives as NULL.",
            Check.NULL_IS_NOT_EMPTY,
            exact(EnumSet.of(DOUBLE, FLOAT32)),
            (column, value) ->
                value instanceof Number n && Double.isNaN(n.doubleValue()) ? null : value),
        swapped());
  }

  private static List<Defect> texts() {
    return List.of(
        text(
            "trailing-blank-trimmed",
            "Blanks at the end of a text are lost.",
            String::stripTrailing),
        text(
            "unicode-normalised",
            "Text is brought to the composed form (NFC).",
            text -> Normalizer.normalize(text, Normalizer.Form.NFC)),
        text(
            "four-byte-characters-replaced",
            "Characters beyond the basic plane become question marks.",
            text -> text.replaceAll("[\\x{10000}-\\x{10FFFF}]", "?")),
        text(
            "text-through-latin-1",
            "Text goes through an eight-bit character set.",
            text ->
                new String(
                    text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1)),
        text(
            "line-breaks-unified",
            "A carriage return before a line feed is lost.",
            text -> text.replace("\r\n", "\n")),
        text("backslashes-eaten", "A backslash is taken for an escape.", t -> t.replace("\\", "")),
        text(
            "long-text-cut",
            "Text is cut to 100 characters.",
            text -> text.length() > SHORT_TEXT ? text.substring(0, SHORT_TEXT) : text),
        typed(
            "padding-trimmed",
            "The blanks that fill a text of fixed length are lost.",
            EnumSet.of(CHAR_10),
            String.class,
            String::stripTrailing));
  }

  private static List<Defect> numbers() {
    return List.of(
        typed(
            "decimal-through-double",
            "Decimals go through a binary floating-point number.",
            EnumSet.of(DECIMAL_18_4, DECIMAL_38_10, DECIMAL_76_20),
            BigDecimal.class,
            number ->
                new BigDecimal(number.doubleValue())
                    .setScale(number.scale(), RoundingMode.HALF_UP)),
        typed(
            "decimal-scale-cut",
            "Decimals keep two digits after the point.",
            EnumSet.of(DECIMAL_18_4, DECIMAL_38_10, DECIMAL_76_20),
            BigDecimal.class,
            number -> number.setScale(2, RoundingMode.DOWN).setScale(number.scale())),
        typed(
            "bigint-through-32-bits",
            "Large integers lose their upper half.",
            EnumSet.of(BIGINT),
            Long.class,
            number -> (long) number.intValue()),
        typed(
            "unsigned-read-as-signed",
            "Unsigned integers beyond the signed range become negative.",
            EnumSet.of(UINT64),
            BigInteger.class,
            number -> BigInteger.valueOf(number.longValue())),
        typed(
            "double-through-float",
            "Floating-point numbers of 64 bits go through 32.",
            EnumSet.of(DOUBLE),
            Double.class,
            number -> (double) number.floatValue()),
        typed(
            "float-through-half",
            "Floating-point numbers of 32 bits keep the fraction of 16.",
            EnumSet.of(FLOAT32),
            Float.class,
            number -> Float.intBitsToFloat(Float.floatToRawIntBits(number) & 0xFFFFE000)),
        typed(
            "negative-zero-lost",
            "Negative zero arrives as zero.",
            EnumSet.of(DOUBLE, FLOAT32),
            Number.class,
            number ->
                number instanceof Float f
                    ? (Object) (f == 0 ? Float.valueOf(0) : f)
                    : number.doubleValue() == 0 ? Double.valueOf(0) : number),
        typed(
            "boolean-as-number",
            "True and false arrive as 1 and 0.",
            EnumSet.of(BOOLEAN),
            Boolean.class,
            truth -> truth ? 1L : 0L),
        typed(
            "leading-zero-bits-lost",
            "A bit string loses the zeros that it begins with.",
            EnumSet.of(VARBIT_64),
            String.class,
            bits -> bits.replaceFirst("^0+", "")));
  }

  private static List<Defect> times() {
    return List.of(
        typed(
            "microseconds-cut",
            "Times keep milliseconds.",
            EnumSet.of(TIME, TIMESTAMP, TIMESTAMPTZ, DATETIME2_7, DATETIMEOFFSET_7, DATETIME64_9),
            Object.class,
            time ->
                time instanceof LocalTime t
                    ? t.truncatedTo(ChronoUnit.MILLIS)
                    : time instanceof LocalDateTime t
                        ? t.truncatedTo(ChronoUnit.MILLIS)
                        : ((OffsetDateTime) time).truncatedTo(ChronoUnit.MILLIS)),
        typed(
            "timestamp-shifted-by-a-zone",
            "A timestamp without zone is taken for local time and brought to UTC.",
            EnumSet.of(TIMESTAMP, DATETIME2_7),
            LocalDateTime.class,
            time -> time.minusHours(2)),
        typed(
            "instant-shifted-by-a-zone",
            "The clock of another zone is stored as if it were UTC.",
            EnumSet.of(TIMESTAMPTZ),
            OffsetDateTime.class,
            time -> time.plusHours(1)),
        typed(
            "day-shifted",
            "A date goes through midnight of another zone and loses a day.",
            EnumSet.of(DATE),
            LocalDate.class,
            date -> date.minusDays(1)),
        typed(
                "offset-dropped",
                "A time with offset keeps its instant and loses its offset.",
                EnumSet.of(DATETIMEOFFSET_7),
                OffsetDateTime.class,
                time -> time.withOffsetSameInstant(ZoneOffset.UTC))
            // PostgreSQL has no type that keeps an offset, and only PostgreSQL has xmin.
            .except(Strategy.XMIN));
  }

  private static List<Defect> structures() {
    return List.of(
        typed(
            "binary-cut-at-a-zero-byte",
            "Binary values end where a zero byte is.",
            EnumSet.of(BINARY_16, VARBINARY_255, BLOB),
            Bytes.class,
            CellDefects::untilZero),
        typed(
            "json-serialised-again",
            "JSON is parsed and written again instead of kept as it is.",
            EnumSet.of(JSON),
            String.class,
            CellDefects::serialisedAgain),
        typed(
            "array-flattened",
            "An array of arrays becomes one array.",
            EnumSet.of(INT_MATRIX),
            List.class,
            CellDefects::flattened),
        typed(
            "null-elements-dropped",
            "NULL elements of an array are lost.",
            EnumSet.of(INT_ARRAY, TEXT_ARRAY),
            List.class,
            list -> ((List<?>) list).stream().filter(Objects::nonNull).toList()));
  }

  /** Two columns of one type that both roles declare alike, so that nothing else tells them. */
  private static Defect swapped() {
    return Defect.of(
            "two-columns-swapped",
            "The values of two columns of one type are exchanged.",
            Check.CONTENT_CHECKSUM,
            (mover, columns) -> {
              List<ColumnContract> two = twins(columns);
              int left = two.get(0).column().index();
              int right = two.get(1).column().index();
              return Fault.onEachLoad(
                      LoadFault.of(
                          d ->
                              d.mapping(
                                  row ->
                                      row.delete()
                                          ? row
                                          : row.with(left, row.row()[right])
                                              .with(right, row.row()[left]))))
                  .in(mover, columns);
            })
        .only(c -> !twins(c.columns()).isEmpty());
  }

  private static List<ColumnContract> twins(List<ColumnContract> columns) {
    for (ColumnContract one : columns) {
      for (ColumnContract other : columns) {
        if (wide().test(one)
            && one.column().index() < other.column().index()
            && one.column().type() == other.column().type()) {
          return List.of(one, other);
        }
      }
    }
    return List.of();
  }

  private static Defect text(String id, String description, Function<String, Object> change) {
    return typed(id, description, TEXTS, String.class, change);
  }

  /** A defect of the values of some types. */
  private static <T> Defect typed(
      String id,
      String description,
      Set<LogicalType> types,
      Class<T> values,
      Function<T, Object> change) {
    return cells(
        id,
        description,
        Check.CONTENT,
        exact(types),
        (column, value) -> value == null ? null : change.apply(values.cast(value)));
  }

  private static Defect cells(
      String id,
      String description,
      Check check,
      Predicate<ColumnContract> where,
      CellChange change) {
    return Defect.of(id, description, check, Fault.onCells(where, change))
        .only(c -> c.columns().stream().anyMatch(where));
  }

  private static Predicate<ColumnContract> wide() {
    return c -> c.column().wide() && c.atTarget();
  }

  private static Predicate<ColumnContract> exact(Set<LogicalType> types) {
    return wide()
        .and(c -> types.contains(c.column().type()) && exact(c.source()) && exact(c.sink()));
  }

  private static boolean exact(TypeMapping.Declaration declaration) {
    return declaration.fidelity() instanceof Fidelity.Exact;
  }

  private static Object zero(ColumnContract column) {
    Class<?> values = column.carried().canonical();
    Object zero = ZEROS.get(values);
    if (zero == null) {
      throw new IllegalStateException("No zero of " + values);
    }
    return zero;
  }

  private static Bytes untilZero(Bytes bytes) {
    byte[] content = bytes.toArray();
    for (int i = 0; i < content.length; i++) {
      if (content[i] == 0) {
        return Bytes.of(Arrays.copyOf(content, i));
      }
    }
    return bytes;
  }

  private static String serialisedAgain(String json) {
    try {
      return PARSER.readTree(json).toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The data set holds JSON that is none: " + json, e);
    }
  }

  private static List<?> flattened(List<?> list) {
    return list.stream()
        .flatMap(
            element ->
                element instanceof List<?> nested ? flattened(nested).stream() : Stream.of(element))
        .toList();
  }
}
