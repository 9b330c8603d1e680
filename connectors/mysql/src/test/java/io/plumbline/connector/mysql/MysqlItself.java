package io.plumbline.connector.mysql;

import io.plumbline.connector.tck.SharedSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * One MySQL for all tests of the JVM. Its binary needs a library that the machine must have; where
 * that is promised, its absence is a failure.
 */
class MysqlItself extends SharedSystem {
  MysqlItself() {
    this(List.of());
  }

  private MysqlItself(List<String> settings) {
    super(new MysqlItselfProvider(settings));
  }

  /** Another one, whose log knows its transactions by their ids. */
  static final class WithGtids extends MysqlItself {
    WithGtids() {
      super(List.of("--gtid-mode=ON", "--enforce-gtid-consistency=ON"));
    }
  }

  @Override
  protected final void assumeAvailable() {
    boolean promised = "required".equals(System.getenv("PLUMBLINE_MYSQL"));
    try {
      Assumptions.assumeTrue(
          promised || MysqlItselfProvider.runsHere(),
          "MySQL does not run here: libaio.so.1 is missing; Debian has it as libaio1.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
