package io.plumbline.connector.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.ServerException;
import io.plumbline.matrix.connector.SystemFailureException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerTest {
  private static final Endpoint NOWHERE = new Endpoint(URI.create("http://localhost:1"), "u", "");

  @ParameterizedTest
  @CsvSource({
    "243, 'Cannot reserve 1.00 MiB, not enough space.'",
    "75, 'Cannot write to file: , errno: 28, strerror: No space left on device.'"
  })
  void aFullDiskIsTheLabsFailure(int code, String message) {
    assertThat(failure(code, message))
        .isInstanceOf(SystemFailureException.class)
        .hasMessage("clickhouse: The disk of http://localhost:1 is full.");
  }

  @Test
  void aStatementThatIsRefusedIsTheProductsFailure() {
    assertThat(failure(62, "Syntax error."))
        .isInstanceOf(ClickhouseException.class)
        .hasMessage("ClickHouse: Syntax error.");
  }

  private static RuntimeException failure(int code, String message) {
    ServerException refused =
        new ServerException(code, message, HttpURLConnection.HTTP_INTERNAL_ERROR, "query");
    try (Server server = new Server(NOWHERE)) {
      return server.failure(new ExecutionException(refused));
    }
  }
}
