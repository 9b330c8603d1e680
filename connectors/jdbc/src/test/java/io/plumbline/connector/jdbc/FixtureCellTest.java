package io.plumbline.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.dataset.LogicalType;
import java.lang.reflect.Proxy;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixtureCellTest {
  private static final TypeMapping.Declaration NANOSECONDS =
      new TypeMapping.Declaration(
          LogicalType.DATETIME64_9, "datetime2(7)", new Fidelity.Rounded(7));

  @ParameterizedTest
  @CsvSource({
    "9, 2020-01-01T00:00:00.123456789, 2020-01-01T00:00:00.123456789",
    "7, 2020-01-01T00:00:00.123456789, 2020-01-01T00:00:00.1234568",
    "7, 2020-01-01T00:00:00.123456749, 2020-01-01T00:00:00.1234567",
    "7, 2020-12-31T23:59:59.999999950, 2021-01-01T00:00:00",
    "7, 2020-01-01T00:00:00, 2020-01-01T00:00:00"
  })
  void digitsThatAreNotUnderstoodAreRoundedBefore(int digits, LocalDateTime time, String text)
      throws SQLException {
    List<Object> bound = new ArrayList<>();
    PreparedStatement statement =
        (PreparedStatement)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {PreparedStatement.class},
                (proxy, method, arguments) -> {
                  bound.add(method.getName());
                  bound.addAll(List.of(arguments));
                  return null;
                });

    new FixtureCell(NANOSECONDS, digits).bind(statement, 3, time);

    assertThat(bound).containsExactly("setString", 3, text);
  }
}
