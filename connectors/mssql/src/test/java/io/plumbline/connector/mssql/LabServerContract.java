package io.plumbline.connector.mssql;

import io.plumbline.connector.tck.ExternalSystemContract;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.registry.Strategy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** Whole cases by SQL Server's own driver, on a lab of the test's own. */
abstract class LabServerContract extends ExternalSystemContract {
  private final TdsLab lab;

  LabServerContract(Path home, Set<Strategy> strategies) throws IOException {
    super(new MssqlConnector(), strategies);
    this.lab = TdsLab.start(home.resolve("tds"));
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  final TdsLab lab() {
    return lab;
  }

  @Override
  protected final List<Unusable> unusable() {
    return List.of(
        new Unusable(lab.endpoint("another-" + PASSWORD), List.of("Login failed for user 'guest'")),
        new Unusable(
            new ExternalEndpoint("jdbc:sqlserver://127.0.0.1:1;encrypt=false", "guest", PASSWORD),
            List.of("The connection was lost")));
  }

  @Override
  protected final List<String> everything() {
    return lab.everything();
  }
}
