package io.plumbline.connector.api;

import io.plumbline.connector.tck.FeedContract;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.memory.MemorySystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** What a reader of pages does, in the model of mock_contract and over HTTP: the same. */
final class ApiSourceTest {

  private abstract static class PagesContract extends FeedContract {
    /** More than a page. */
    private static final int ROWS = 1_300;

    private final RunningSystem system;

    PagesContract(RunningSystem system) {
      super(new ApiConnector(), system, ROWS);
      this.system = system;
    }

    @AfterEach
    final void close() {
      system.close();
    }
  }

  @Nested
  final class OverHttp extends PagesContract {
    OverHttp() {
      super(new ApiSystem(FixtureApi.start(Faults.nowAndThen(1)), new Api.Time().retry()));
    }
  }

  @Nested
  final class InTheModel extends PagesContract {
    InTheModel() {
      super(new MemorySystem(new ApiConnector()));
    }
  }
}
