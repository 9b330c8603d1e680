package io.plumbline.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.connector.tck.OwnPair;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.ForwardingLoad;
import io.plumbline.matrix.connector.ForwardingReader;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SourceReader;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.Trait;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.mover.Mover;
import io.plumbline.matrix.mover.ReferenceMover;
import io.plumbline.matrix.mover.State;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.registry.Strategy;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.StandardRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A case whose broker dies: the lab is broken, the state has not moved, the next run is right. */
final class KilledBrokerTest {
  private enum When {
    DURING_EXTRACT,
    DURING_LOAD,
    BEFORE_RECONCILE,
    BEFORE_STATE_COMMIT
  }

  private final List<BrokerProcess> brokers = new ArrayList<>();
  private final OwnPair pair = new OwnPair(new Watched(), EnumSet.of(Strategy.INCREMENTAL_MERGE));

  @ParameterizedTest
  @EnumSource(When.class)
  void theCaseNamesTheSystemAndTheStateStays(When when, @TempDir Path artifacts) {
    List<Long> versions = new ArrayList<>();
    CaseResult killed = run(artifacts, killingIn(when, versions));
    assertThat(killed.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(killed.failure()).isInstanceOf(SystemFailureException.class);
    assertThat(killed.reason()).startsWith("kafka: ");
    assertThat(versions).containsExactly(1L, when == When.BEFORE_STATE_COMMIT ? 2L : 1L);
    assertThat(brokers).noneMatch(BrokerProcess::alive);

    assertThat(run(artifacts, new ReferenceMover()).verdict()).isEqualTo(Verdict.PASS);
    assertThat(brokers).hasSize(2).noneMatch(BrokerProcess::alive);
  }

  private CaseResult run(Path artifacts, Mover mover) {
    try (StandardRun run = pair.run(500, artifacts)) {
      return run.run(pair.of(Strategy.INCREMENTAL_MERGE), mover);
    }
  }

  /** Moves as always; in the second round the broker is killed. */
  private Mover killingIn(When when, List<Long> versions) {
    ReferenceMover mover = new ReferenceMover();
    return request -> {
      boolean second = request.states().read().isPresent();
      try {
        mover.move(
            !second
                ? request
                : when == When.DURING_EXTRACT
                    ? request.withReader(new KillingReader(request.reader(), this::kill))
                    : request.withWriter(
                        plan -> new KillingLoad(request.writer().begin(plan), when, this::kill)));
      } finally {
        versions.add(request.states().read().map(State::version).orElse(0L));
      }
    };
  }

  private void kill() {
    ProcessHandle broker = brokers.get(brokers.size() - 1).handle();
    broker.destroyForcibly();
    broker.onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static final class KillingReader extends ForwardingReader {
    private final Runnable kill;

    KillingReader(SourceReader reader, Runnable kill) {
      super(reader);
      this.kill = kill;
    }

    @Override
    public Extraction open(ReadRequest request) {
      Extraction extraction = super.open(request);
      kill.run();
      return extraction;
    }
  }

  private static final class KillingLoad extends ForwardingLoad {
    private final When when;
    private final Runnable kill;

    KillingLoad(Load load, When when, Runnable kill) {
      super(load);
      this.when = when;
      this.kill = kill;
    }

    @Override
    public void write(RowBatch batch) {
      super.write(batch);
      killIf(When.DURING_LOAD);
    }

    @Override
    public void publish() {
      super.publish();
      killIf(When.BEFORE_RECONCILE);
    }

    @Override
    public LoadTotals held() {
      LoadTotals held = super.held();
      killIf(When.BEFORE_STATE_COMMIT);
      return held;
    }

    private void killIf(When now) {
      if (when == now) {
        kill.run();
      }
    }
  }

  /** The family with brokers that the test knows. */
  private final class Watched implements Connector {
    private final KafkaConnector connector = new KafkaConnector();

    @Override
    public Family family() {
      return connector.family();
    }

    @Override
    public Trait trait() {
      return connector.trait();
    }

    @Override
    public Set<Feature> features() {
      return connector.features();
    }

    @Override
    public TypeMapping sourceTypes() {
      return connector.sourceTypes();
    }

    @Override
    public TypeMapping sinkTypes() {
      return connector.sinkTypes();
    }

    @Override
    public String targetDefinition(String name, List<ColumnContract> columns, TargetLayout layout) {
      return connector.targetDefinition(name, columns, layout);
    }

    @Override
    public String sourceDefinition(String name, List<ColumnContract> columns) {
      return connector.sourceDefinition(name, columns);
    }

    @Override
    public List<SystemProvider> providers() {
      return List.of(
          new SystemProvider() {
            @Override
            public boolean serves(RunMode mode) {
              return true;
            }

            @Override
            public RunningSystem start(Path workDirectory) {
              BrokerProcess broker = BrokerProcess.start(workDirectory.resolve("kafka"));
              brokers.add(broker);
              return new KafkaSystem(
                  new Endpoint(broker.address(), broker::alive),
                  broker.version(),
                  EvidenceLevel.EMBEDDED,
                  broker::close);
            }
          });
    }
  }
}
