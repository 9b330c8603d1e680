package io.plumbline.connector.kafka;

import io.plumbline.connector.tck.BadDaysContract;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.lab.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

final class KafkaBadDaysTest extends BadDaysContract {
  /** Longer than a broker that was killed takes to come back. */
  private static final Duration SILENCE = Duration.ofSeconds(8);

  KafkaBadDaysTest() {
    super(new KafkaConnector(), new KafkaConnector().sinkTypes());
  }

  @Override
  protected Server start(Path directory) {
    return new OwnBroker(BrokerProcess.start(directory.resolve("kafka")));
  }

  /** Started again with the command it was started with: on its data, and on its port. */
  private static final class OwnBroker implements Server {
    private final BrokerProcess first;
    private final List<String> command;
    private final String classPath;
    private final KafkaSystem system;
    private ProcessHandle process;

    OwnBroker(BrokerProcess first) {
      this.first = first;
      this.process = first.handle();
      this.classPath = System.getProperty("java.class.path");
      try {
        this.command =
            List.of(
                Files.readString(
                        Path.of("/proc", String.valueOf(process.pid()), "cmdline"),
                        StandardCharsets.UTF_8)
                    .split("\0"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      this.system =
          new KafkaSystem(
              new Endpoint(first.address(), this::alive, Map.of(), SILENCE),
              first.version(),
              EvidenceLevel.EMBEDDED,
              this::stop);
    }

    private void stop() {
      if (alive()) {
        kill();
      }
      first.close();
    }

    @Override
    public RunningSystem system() {
      return system;
    }

    @Override
    public List<String> held() {
      try (Admin admin = system.endpoint().admin()) {
        return List.copyOf(admin.listTopics().names().get());
      } catch (ExecutionException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public boolean alive() {
      return process.isAlive();
    }

    @Override
    public void kill() {
      process.destroyForcibly();
      process.onExit().join();
    }

    @Override
    public void restart() {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("CLASSPATH", classPath);
      try {
        // Nobody reads what it says, and it must not wait for that.
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        process = builder.start().toHandle();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (!Deadline.in(Duration.ofSeconds(60)).await(this::answers)) {
        throw new IllegalStateException("The broker did not come up again.");
      }
    }

    private boolean answers() {
      try (Admin admin = system.endpoint().admin()) {
        return !admin.describeCluster().nodes().get().isEmpty();
      } catch (ExecutionException | InterruptedException e) {
        return false;
      }
    }

    @Override
    public void close() {
      system.close();
    }
  }
}
