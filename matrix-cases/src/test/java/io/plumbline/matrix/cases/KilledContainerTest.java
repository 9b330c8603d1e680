package io.plumbline.matrix.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Container;
import io.plumbline.connector.tck.Mishap;
import io.plumbline.connector.tck.Once;
import io.plumbline.containers.ContainerProvider;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.StandardRun;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A container that dies under a mover is a broken lab that is named, and leaves nothing behind.
 * Most of its time passes until nobody waits for a dead broker any longer.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(ContainerLab.CONTAINERS)
class KilledContainerTest {
  @TempDir private Path artifacts = Path.of("");

  @BeforeAll
  static void thereIsAnEngine() {
    ContainerLab.requireEngine();
  }

  /** Those that listen on a port, by which a family is known. */
  private static void kill(int port) {
    for (Container container : ContainerLab.containers()) {
      if (Arrays.stream(container.getPorts())
          .anyMatch(p -> Objects.equals(p.getPrivatePort(), port))) {
        ContainerLab.engine().killContainerCmd(container.getId()).exec();
      }
    }
  }

  /** One after the other, because each looks at all that are there. */
  @ParameterizedTest
  @Execution(ExecutionMode.SAME_THREAD)
  @CsvSource({
    "postgres_to_postgres__full_refresh, EXTRACT, postgres, 5432",
    "postgres_to_postgres__full_refresh, LOAD, postgres, 5432",
    "postgres_to_postgres__full_refresh, RECONCILE, postgres, 5432",
    "postgres_to_postgres__full_refresh, STATE_COMMIT, postgres, 5432",
    "mysql_to_postgres__full_refresh, EXTRACT, mysql, 3306",
    "postgres_to_kafka__full_refresh, LOAD, kafka, 9092"
  })
  void aContainerThatDiesIsABrokenLabAndNothingIsLeft(
      String caseId, Mishap.Moment moment, String family, int port) {
    StandardRun run = ContainerLab.run(new ContainerProvider(), artifacts);
    Once death = new Once(() -> kill(port));
    CaseResult result;
    try {
      result = run.run(ContainerLab.find(caseId), new Mishap(moment, death).mover());
    } finally {
      close(run);
    }
    ContainerLab.requireImages(result);
    assertThat(death.done()).as(result.reason()).isTrue();
    assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(result.failure()).isInstanceOf(SystemFailureException.class);
    assertThat(result.reason()).startsWith(family + ": ");
    assertThat(ContainerLab.containers()).isEmpty();
  }

  /** What a dead server cannot forget any more is no news. */
  private static void close(StandardRun run) {
    try {
      run.close();
    } catch (SystemFailureException e) {
      assertThat(e).hasMessageContaining(": ");
    }
  }
}
