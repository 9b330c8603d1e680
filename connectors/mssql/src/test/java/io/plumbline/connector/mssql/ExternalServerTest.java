package io.plumbline.connector.mssql;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.registry.Strategy;
import io.plumbline.matrix.run.StandardRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Whole cases of every strategy. */
final class ExternalServerTest extends LabServerContract {
  ExternalServerTest(@TempDir Path home) throws IOException {
    super(home, EnumSet.complementOf(EnumSet.of(Strategy.XMIN)));
  }

  @Override
  protected ExternalEndpoint endpoint() {
    return lab().endpoint();
  }

  /**
   * What this is about: rows went in by bulk copy, and a refresh was published in one transaction.
   */
  @Override
  protected void assertRun(StandardRun run) {
    assertThat(lab().front().statements())
        .contains("SET TRANSACTION ISOLATION LEVEL SNAPSHOT")
        .anySatisfy(sql -> assertThat(sql).startsWith("INSERT BULK [pl_").contains("[stage]"))
        .anySatisfy(
            sql ->
                assertThat(sql)
                    .matches("EXEC sp_rename N'\\[pl_\\w+]\\.\\[next_orders]', N'orders'"));
    int renamed = indexOf("EXEC sp_rename N'[pl_");
    assertThat(lab().front().statements().get(renamed - 1))
        .isEqualTo("set implicit_transactions on ");
    assertThat(lab().front().statements().get(renamed + 1)).startsWith("EXEC sp_rename N'[pl_");
    assertThat(lab().front().statements().get(renamed + 2)).startsWith("IF @@TRANCOUNT > 0 COMMIT");
  }

  private int indexOf(String begin) {
    List<String> statements = lab().front().statements();
    return statements.indexOf(
        statements.stream().filter(sql -> sql.startsWith(begin)).findFirst().orElseThrow());
  }
}
