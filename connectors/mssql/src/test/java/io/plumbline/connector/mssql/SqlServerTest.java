package io.plumbline.connector.mssql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.registry.InvalidInputException;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a server is spoken to; none is asked. */
class SqlServerTest {
  private static final String CANARY = "canary-of-a-password";

  private static SqlServer server(String address) {
    return SqlServer.of(new ExternalEndpoint(address, "me", CANARY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          jdbc:sqlserver://localhost                                                                 | localhost      | 1433 | {}
          jdbc:sqlserver://db.example.org:1500;databaseName=plumb-line_1                             | db.example.org | 1500 | {databaseName=plumb-line_1}
          jdbc:sqlserver://db:1433;databaseName=x;encrypt=strict;trustServerCertificate=false;       | db             | 1433 | {databaseName=x, encrypt=strict, trustServerCertificate=false}
          """)
  void anAddressSaysWhereAndHow(String address, String host, String port, String options) {
    SqlServer server = server(address);
    assertThat(server.host()).isEqualTo(host);
    assertThat(server.port()).isEqualTo(port);
    assertThat(new TreeMap<>(server.options())).hasToString(options);
    assertThat(server.endpoint().properties()).containsAllEntriesOf(server.options());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:1433",
        "jdbc:sqlserver://localhost;user=me;password=secret",
        "jdbc:sqlserver://localhost;databaseName=x;integratedSecurity=true",
        "jdbc:sqlserver://localhost\\\\instance",
        "jdbc:postgresql://localhost/test"
      })
  void anAddressOfAnotherFormIsRefused(String address) {
    assertThatThrownBy(() -> server(address))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("allowed is jdbc:sqlserver://host:port;databaseName=name");
  }

  @Test
  void thePasswordIsNoPartOfItsText() {
    SqlServer server = server("jdbc:sqlserver://localhost");
    assertThat(server.toString() + server.endpoint()).doesNotContain(CANARY);
  }

  @Test
  void nobodyAtTheAddressIsABrokenLab() {
    assertThatThrownBy(
            () ->
                new MssqlConnector()
                    .connect(new ExternalEndpoint("jdbc:sqlserver://localhost:1", "me", CANARY)))
        .isInstanceOf(SystemFailureException.class)
        .hasMessageStartingWith("mssql: The connection was lost while asking what it can do")
        .hasMessageNotContaining(CANARY);
  }
}
