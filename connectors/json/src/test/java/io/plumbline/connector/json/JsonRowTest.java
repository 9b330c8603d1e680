package io.plumbline.connector.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.dataset.Absent;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.registry.Family;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows as JSON: every value of every domain, against the schema, there and back. */
final class JsonRowTest {
  private static final Family FAMILY = new Family("json");
  private final Dataset dataset =
      new Dataset(new Volume(1, BigDecimal.ZERO, BigDecimal.ZERO, 120, 20260603L));
  private final TypeMapping source = JsonTypes.of(FAMILY, Role.SOURCE);
  private final List<ColumnContract> contracts =
      ColumnContract.of(dataset.columns(), source, JsonTypes.of(FAMILY, Role.SINK));
  private final JsonRowWriter writer = new JsonRowWriter(contracts, ColumnContract::source);
  private final JsonRowReader reader = new JsonRowReader(contracts);

  private List<Object[]> rows() {
    int most = dataset.columns().stream().mapToInt(this::domainSize).max().orElseThrow();
    List<Object[]> rows = new ArrayList<>();
    for (int k = 0; k <= most; k++) {
      Object[] row = new Object[dataset.columns().size()];
      row[Column.ID] = Long.MAX_VALUE - k;
      row[Column.BUSINESS_DATE] = Dataset.LAST_DATE;
      row[Column.UPDATED_AT] = LocalDateTime.of(2026, 6, 1, 0, 0).plusNanos(1_000L * k);
      row[Column.VERSION] = 1L;
      row[Column.AMOUNT] = BigDecimal.valueOf(k, 4);
      row[Column.IS_DELETED] = k % 2 == 0;
      for (Column column : dataset.columns()) {
        if (k < domainSize(column)) {
          row[column.index()] = dataset.domain(column).get(k);
        }
      }
      rows.add(row);
    }
    return rows;
  }

  private int domainSize(Column column) {
    return column.wide() ? dataset.domain(column).size() : 0;
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  @Test
  void everyValueComesBackAsItWent() {
    for (Object[] row : rows()) {
      Object[] read = reader.read(writer.write(row));
      for (Column column : dataset.columns()) {
        assertThat(read[column.index()]).as(column.name()).isEqualTo(row[column.index()]);
      }
    }
  }

  @Test
  void everyRowIsValidByItsSchema() {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(JsonSchema.ofSource("t", contracts));
    for (Object[] row : rows()) {
      assertThat(
              schema.validate(
                  text(writer.write(row)),
                  InputFormat.JSON,
                  context -> context.executionConfig(c -> c.formatAssertionsEnabled(true))))
          .isEmpty();
    }
  }

  @Test
  void theSchemaRefusesWhatTheTypesRefuse() {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(JsonSchema.ofSource("t", contracts));
    String row = text(writer.write(rows().get(0)));
    for (String wrong :
        List.of(
            row.replace("\"version\":1", "\"version\":2147483648"),
            row.replace("\"version\":1", "\"version\":null"),
            row.replace("\"amount\":\"0.0000\"", "\"amount\":0.0"),
            row.replace("\"amount\":\"0.0000\"", "\"amount\":\"0.000\""),
            row.replace("\"is_deleted\":true,", ""),
            "{\"more\":1," + row.substring(1))) {
      assertThat(schema.validate(wrong, InputFormat.JSON)).as(wrong).isNotEmpty();
    }
  }

  @Test
  void nothingThatADoubleWouldChangeIsAJsonNumber() {
    Set<LogicalType> numbers =
        java.util.Arrays.stream(LogicalType.values())
            .filter(
                type ->
                    type.canonical() == Long.class
                        || Number.class.isAssignableFrom(type.canonical()))
            .filter(type -> !source.of(type).nativeType().contains("\"type\":\"string\""))
            .collect(Collectors.toSet());
    assertThat(numbers)
        .containsExactlyInAnyOrder(
            LogicalType.SMALLINT,
            LogicalType.INTEGER,
            LogicalType.OID,
            LogicalType.DOUBLE,
            LogicalType.FLOAT32);
    ValueCodec arrays = ValueCodec.of(LogicalType.INT_ARRAY);
    assertThat(text(arrays.encode(List.of((1L << 53) - 1)))).isEqualTo("[9007199254740991]");
    assertThatThrownBy(() -> arrays.encode(List.of(1L << 53)))
        .isInstanceOf(JsonException.class)
        .hasMessage(
            "An array holds 9007199254740992, but a JSON number is exact only between -9007199254740991 and 9007199254740991.");
  }

  @Test
  void valuesThatAreNoJsonNumbersAreTheirNames() {
    ValueCodec doubles = ValueCodec.of(LogicalType.DOUBLE);
    assertThat(List.of(Double.NaN, Double.NEGATIVE_INFINITY, -0.0))
        .extracting(value -> text(doubles.encode(value)))
        .containsExactly("\"NaN\"", "\"-Infinity\"", "-0.0");
  }

  @Test
  void membersMayComeInAnyOrderAndWithBlanks() {
    Object[] row = rows().get(0);
    List<ColumnContract> backwards = new ArrayList<>(contracts);
    Collections.reverse(backwards);
    String document =
        text(new JsonRowWriter(backwards, ColumnContract::source).write(row))
            .replace("\"version\":1", "\n\"version\" :\t1 ");
    assertThat(reader.read(document.getBytes(StandardCharsets.UTF_8))).isEqualTo(row);
  }

  @Test
  void equalCellsShareOneValue() {
    Object[] row = rows().get(5);
    Object[] once = reader.read(writer.write(row));
    Object[] again = reader.read(writer.write(row));
    for (Column column : dataset.columns()) {
      if (column.index() != Column.ID) {
        assertThat(again[column.index()]).as(column.name()).isSameAs(once[column.index()]);
      }
    }
  }

  @Test
  void theFixtureWritesWhatTheSchemaSays() {
    FixtureRows fixture = new FixtureRows(contracts);
    for (Object[] row : rows()) {
      assertThat(reader.read(fixture.json(row))).isEqualTo(row);
      assertThat(reader.read(fixture.json(row))).isEqualTo(row);
    }
  }

  @Test
  void aColumnThatThePairLacksIsNoMemberAndAbsent() {
    TypeMapping.Declaration unsupported =
        new TypeMapping.Declaration(
            LogicalType.DOUBLE,
            "",
            new io.plumbline.matrix.connector.Fidelity.Unsupported("There is none."));
    List<ColumnContract> some =
        contracts.stream()
            .map(
                c ->
                    c.column().type() == LogicalType.DOUBLE
                        ? new ColumnContract(c.column(), unsupported, c.sink())
                        : c)
            .toList();
    List<ColumnContract> present = some.stream().filter(ColumnContract::atSource).toList();
    Object[] row = rows().get(3);
    byte[] json = new JsonRowWriter(present, ColumnContract::source).write(row);
    assertThat(text(json)).doesNotContain("_double\"");
    Object[] read = new JsonRowReader(some).read(json);
    for (ColumnContract contract : some) {
      int index = contract.column().index();
      assertThat(read[index]).isEqualTo(contract.atSource() ? row[index] : Absent.ABSENT);
    }
  }

  @Test
  void whatIsNotDeclaredIsRefusedInOneSentence() {
    String row = text(writer.write(rows().get(0)));
    assertRefused(row, r -> r.replace("\"version\":1,", ""), "A row lacks the member 'version'.");
    assertRefused(
        row,
        r -> r.replace("\"version\":1,", "\"version\":1,\"version\":1,"),
        "A row has the member 'version' twice.");
    assertRefused(
        row,
        r -> r.replace("\"version\":1,", "\"versio\":1,"),
        "A row has the member 'versio', which no column has.");
    assertRefused(
        row,
        r -> r.replace("\"version\":1,", "\"version\":\"1\","),
        "Member 'version' holds 1, which is no INTEGER.");
    assertRefused(
        row,
        r -> r.replace("\"version\":1,", "\"version\":1 2,"),
        "Member 'version' holds more than one value.");
    assertRefused(
        row,
        r -> r.replace("\"version\":1,", "\"version\":nil,"),
        "The row is no JSON: Unrecognized token 'nil': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')");
    assertRefused(
        row,
        r -> r.replace("\"version\":1,", "\"version\":1.5,"),
        "Member 'version' holds 1.5, which is no INTEGER.");
    assertRefused(
        row,
        r -> r.replace("\"amount\":\"0.0000\"", "\"amount\":\"nothing\""),
        "Member 'amount' holds nothing, which is no DECIMAL_AS_TEXT.");
    assertRefused(
        row,
        r -> r.replace("\"business_date\":\"2026-06-03\"", "\"business_date\":\"2026-02-30\""),
        "Member 'business_date' holds 2026-02-30, which is no DATE.");
    assertRefused(row, r -> "[" + r + "]", "A row is a JSON object, but there is [.");
    assertRefused(row, r -> r + "{}", "After the row there is more: {.");
    assertThatThrownBy(
            () -> reader.read(row.substring(0, row.length() / 2).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(JsonException.class)
        .hasMessageStartingWith("The row is no JSON: ");
  }

  @ParameterizedTest
  @ValueSource(bytes = {'\n', 0, (byte) 0xC3})
  void aTextWithAByteThatNoTextHasIsRefused(byte odd) {
    Object[] row = rows().get(0).clone();
    int text =
        dataset.columns().stream()
            .filter(c -> c.type() == LogicalType.TEXT)
            .findFirst()
            .orElseThrow()
            .index();
    row[text] = "as plain as it gets";
    byte[] json = writer.write(row);
    assertThat(reader.read(json)).isEqualTo(row);
    json[new String(json, StandardCharsets.ISO_8859_1).indexOf("plain as")] = odd;
    assertThatThrownBy(() -> reader.read(json))
        .isInstanceOf(JsonException.class)
        .hasMessageStartingWith("The row is no JSON: ");
  }

  private void assertRefused(String row, Function<String, String> change, String message) {
    String changed = change.apply(row);
    assertThat(changed).isNotEqualTo(row);
    assertThatThrownBy(() -> reader.read(changed.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(JsonException.class)
        .hasMessage(message);
  }
}
