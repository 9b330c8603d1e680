package io.plumbline.connector.tck;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;

import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.registry.RunMode;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineTestKit;

class SharedSystemTest {
  @Test
  void whereTheSystemCannotBeHadTestsAreSkippedWithTheReasonAndNoneIsAnError() {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(Asking.class))
        .execute()
        .allEvents()
        .assertThatEvents()
        .haveExactly(1, event(skippedWithReason("It is not there.")))
        .noneMatch(event -> event.getPayload().toString().contains("FAILED"));
  }

  /** Not found by itself. */
  @ExtendWith(NotThere.class)
  static final class Asking {
    Asking(RunningSystem system) {
      throw new AssertionError("There is no " + system);
    }

    @Test
    void asks() {}
  }

  static final class NotThere extends SharedSystem {
    NotThere() {
      super(new None());
    }

    @Override
    protected void assumeAvailable() {
      Assumptions.abort("It is not there.");
    }
  }

  private record None() implements SystemProvider {
    @Override
    public boolean serves(RunMode mode) {
      return true;
    }

    @Override
    public RunningSystem start(Path workDirectory) {
      throw new AssertionError("Nobody asked whether it can be had.");
    }
  }
}
