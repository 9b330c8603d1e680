package io.plumbline.connector.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Strategy;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.StandardRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apiguardian.api.API;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A network that is cut between the mover and a system for a while: a case waits, and is right. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public abstract class CutNetworkContract {
  private static final Duration CUT = Duration.ofSeconds(5);
  private static final long ROWS = 500;

  private final OwnPair pair;
  @TempDir private Path artifacts = Path.of("");

  /** Tests of a family. */
  protected CutNetworkContract(Connector connector) {
    this.pair = new OwnPair(connector, Set.of(Strategy.FULL_REFRESH));
  }

  /** Where the server listens on the loopback interface. */
  protected abstract int port();

  /** The server as if it listened at another port. */
  protected abstract ExternalEndpoint endpoint(int port);

  @ParameterizedTest
  @EnumSource(
      value = Mishap.Moment.class,
      names = {"EXTRACT", "LOAD"})
  @Execution(ExecutionMode.CONCURRENT)
  final void aCaseWaitsForANetworkThatIsCutAndIsRight(Mishap.Moment moment) {
    try (Relay relay = new Relay(this::port);
        StandardRun run = pair.run(ROWS, artifacts, endpoint(relay.port()))) {
      AtomicLong begin = new AtomicLong();
      Once cut =
          new Once(
              () -> {
                begin.set(System.nanoTime());
                relay.cut(CUT);
              });
      CaseResult result = run.run(pair.of(Strategy.FULL_REFRESH), new Mishap(moment, cut).mover());
      assertThat(result.verdict()).as(result.reason()).isEqualTo(Verdict.PASS);
      assertThat(cut.done()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - begin.get())).isGreaterThan(CUT);
    }
  }
}
