package io.plumbline.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.ExternalEndpoint;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a server is spoken to. */
class MysqlServerTest {
  private static Map<String, String> properties(String address) {
    return MysqlServer.of(new ExternalEndpoint(address, "me", "canary")).endpoint().properties();
  }

  /** Who can send a key of his own learns the password. */
  @ParameterizedTest
  @CsvSource({
    "jdbc:mariadb://localhost:3306/, true",
    "jdbc:mariadb://LOCALHOST, true",
    "jdbc:mysql://127.0.0.1:3306, true",
    "jdbc:mariadb://127.example.org/, false",
    "jdbc:mariadb://db.example.org:3306/, false",
    "jdbc:mariadb://db.example.org:3306/?allowPublicKeyRetrieval=true, true",
    "jdbc:mysql://db.example.org?allowPublicKeyRetrieval=true, true"
  })
  void aKeyIsTakenFromThisMachineOrWhereTheAddressSaysSo(String address, String taken) {
    assertThat(properties(address)).containsEntry("allowPublicKeyRetrieval", taken);
  }

  @ParameterizedTest
  @CsvSource({
    "MariaDB, 11, 4, SHOW MASTER STATUS",
    "MySQL, 8, 0, SHOW MASTER STATUS",
    "MySQL, 8, 2, SHOW BINARY LOG STATUS",
    "MySQL, 8, 4, SHOW BINARY LOG STATUS",
    "MySQL, 9, 0, SHOW BINARY LOG STATUS"
  })
  void theEndOfTheLogIsAskedForAsTheVersionCallsIt(
      String product, int major, int minor, String statement) {
    assertThat(BinlogProduct.of(product).showPosition(major, minor)).isEqualTo(statement);
  }

  @Test
  void noServerMayAskForAFile() {
    assertThat(properties("jdbc:mariadb://localhost/")).containsEntry("allowLocalInfile", "false");
  }

  @Test
  void whatTheAddressAllowsIsNoPartOfWhereItIs() {
    MysqlServer server =
        MysqlServer.of(
            new ExternalEndpoint("jdbc:mysql://db:3307/?allowPublicKeyRetrieval=true", "me", ""));
    assertThat(server.endpoint().url()).isEqualTo("jdbc:mariadb://db:3307/");
  }
}
