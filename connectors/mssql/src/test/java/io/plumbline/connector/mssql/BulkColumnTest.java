package io.plumbline.connector.mssql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.dataset.LogicalType;
import java.math.BigDecimal;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BulkColumnTest {
  private static final int DATETIMEOFFSET = microsoft.sql.Types.DATETIMEOFFSET;

  static Stream<String> declared() {
    TypeMapping sink = MssqlTypes.of(Role.SINK);
    return Stream.of(LogicalType.values())
        .map(sink::of)
        .filter(declaration -> !(declaration.fidelity() instanceof Fidelity.Unsupported))
        .map(TypeMapping.Declaration::nativeType)
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("declared")
  void everyDeclaredTypeCanBeCopied(String type) {
    assertThat(BulkColumn.of(type)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "bigint, -5, 0, 0",
    "'decimal(38,10)', 3, 38, 10",
    "nvarchar(510), -9, 510, 0",
    "nvarchar(max), -9, 0, 0",
    "varbinary(max), -3, 0, 0",
    "binary(16), -2, 16, 0",
    "uniqueidentifier, -145, 36, 0",
    "date, 91, 34, 0",
    "datetime2(7), 93, 34, 7",
    "datetimeoffset(6), -155, 34, 6"
  })
  void aColumnTravelsInTheTypeOfTheTable(String type, int jdbcType, int precision, int scale) {
    assertThat(BulkColumn.of(type)).isEqualTo(new BulkColumn(jdbcType, precision, scale));
  }

  @ParameterizedTest
  @CsvSource({"geography", "''", "'decimal(18;4)'"})
  void anotherTypeIsRefused(String type) {
    assertThatThrownBy(() -> BulkColumn.of(type)).hasMessage("Bulk copy has no type for %s.", type);
  }

  @Test
  void cellsAreOfTheClassesThatTheDriverWants() {
    assertThat(BulkColumn.of("bigint").cell(7L)).isEqualTo(7L);
    assertThat(BulkColumn.of("int").cell(7L)).isEqualTo(7);
    assertThat(BulkColumn.of("decimal(20,0)").cell(7L)).isEqualTo(BigDecimal.valueOf(7));
    assertThat(BulkColumn.of("int").cell(null)).isNull();
    assertThat(BulkColumn.of("nvarchar(max)").cell("x")).isEqualTo("x");
  }

  @Test
  void aNumberThatDoesNotFitIsNoOtherNumber() {
    assertThatThrownBy(() -> BulkColumn.of("int").cell(1L << 32))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void timesAreTextWithAllDigitsThatTheServerKnows() {
    LocalDateTime time = LocalDateTime.parse("0001-01-01T00:00:00.1234567");
    assertThat(BulkColumn.of("date").cell(LocalDate.of(1, 1, 1))).isEqualTo("0001-01-01");
    assertThat(BulkColumn.of("time(6)").cell(LocalTime.of(1, 2))).isEqualTo("01:02:00.0000000");
    assertThat(BulkColumn.of("datetime2(7)").cell(time)).isEqualTo("0001-01-01 00:00:00.1234567");
    assertThat(new BulkColumn(DATETIMEOFFSET, 0, 7).cell(OffsetDateTime.parse(time + "-14:00")))
        .isEqualTo("0001-01-01 00:00:00.1234567 -14:00");
    assertThat(new BulkColumn(Types.TIMESTAMP, 0, 7).cell(time.withNano(0)))
        .isEqualTo("0001-01-01 00:00:00.0000000");
  }
}
