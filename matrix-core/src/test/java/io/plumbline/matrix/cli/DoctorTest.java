package io.plumbline.matrix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.EndpointProvider;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.StartedEndpoint;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.lab.UserCache;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.RunMode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "java.version", "17.0.1",
          "java.home", "/jdk",
          "os.name", "Linux",
          "os.arch", "amd64",
          "user.dir", "/project",
          "java.io.tmpdir", "/tmp");
  private static final Map<String, String> INSTALLED =
      Map.of("mvn", "\u001B[1mApache Maven 3.9.9\u001B[m", "npm", "10.1.0", "docker", "27.1");

  @TempDir private Path folder = Path.of("");

  /** A family, and the run modes that it has an engine of its own for. */
  private record Of(Family family, List<RunMode> modes) implements Connector {
    @Override
    public Set<Feature> features() {
      return Set.of();
    }

    @Override
    public List<SystemProvider> providers() {
      return modes.stream()
          .map(
              mode ->
                  SystemProvider.of(
                      mode,
                      directory -> {
                        throw unwanted();
                      }))
          .toList();
    }
  }

  private record Containers(Set<Family> families) implements EndpointProvider {
    @Override
    public StartedEndpoint start(Request request) {
      throw unwanted();
    }
  }

  private static IllegalStateException unwanted() {
    return new IllegalStateException("a doctor starts nothing");
  }

  private String report(Map<String, String> installed, OptionalLong free) {
    return report(installed, free, Set.of());
  }

  private String report(Map<String, String> installed, OptionalLong free, Set<Family> external) {
    Family postgres = new Family("postgres");
    Family api = new Family("api");
    Family bigquery = new Family("bigquery");
    Machine machine =
        new Machine(
            PROPERTIES,
            2,
            8_100_000_000L,
            new UserCache(folder.resolve("cache")),
            path -> free,
            command -> Optional.ofNullable(installed.get(command.get(0))));
    return new Doctor(
            machine,
            List.of(
                new Of(postgres, List.of(RunMode.MOCK_LOCAL)),
                new Of(api, List.of(RunMode.MOCK_LOCAL, RunMode.REAL_LOCAL)),
                new Of(bigquery, List.of())),
            List.of(new Containers(Set.of(postgres))),
            external)
        .report();
  }

  @Test
  void aMachineThatHasEverything() throws IOException {
    Files.createDirectories(folder.resolve("cache").resolve("postgres"));
    Files.createDirectories(folder.resolve("cache").resolve("chdb"));
    assertThat(report(INSTALLED, OptionalLong.of(12_340_000_000L)))
        .isEqualTo(
            """
            Java           17.0.1, /jdk
            Maven          Apache Maven 3.9.9
            NPM            10.1.0
            Docker         engine 27.1
            machine        Linux amd64, 2 cores, 8.1 GB of memory
            disk           12.3 GB free in /project
            disk           12.3 GB free in /tmp
            cache          %s: chdb, postgres

            mock_contract  in memory: api, bigquery, postgres
            mock_local     started by the run: api, postgres
                           without an engine of this mode: bigquery
            real_local     in a container: postgres
                           started by the run: api
                           without an engine of this mode: bigquery
            """
                .formatted(folder.resolve("cache")));
  }

  @Test
  void aMachineThatHasNothing() {
    assertThat(report(Map.of(), OptionalLong.empty()))
        .contains("Maven          not found\n", "NPM            not found\n")
        .contains("Docker         not found: there is no command docker, or it reaches no engine\n")
        .contains("an unknown part free in /tmp\n")
        .contains("cache          %s: nothing\n".formatted(folder.resolve("cache")))
        .contains("real_local     missing, for want of a Docker engine: postgres\n");
  }

  @Test
  void aServerOfYoursNeedsNoEngine() {
    String report =
        report(
            Map.of(), OptionalLong.empty(), Set.of(new Family("postgres"), new Family("bigquery")));
    assertThat(report)
        .contains("mock_contract  in memory: api, bigquery, postgres\n")
        .contains("mock_local     external, a server of yours: bigquery, postgres\n")
        .contains("real_local     external, a server of yours: bigquery, postgres\n")
        .doesNotContain("for want of");
  }

  @Test
  void theCommandKnowsTheSettings() {
    StringWriter out = new StringWriter();
    int status =
        MatrixCommand.run(
            List.of("doctor"),
            Map.of("MATRIX_SYSTEM_POSTGRES", "here"),
            new PrintWriter(out),
            new PrintWriter(out, true));
    assertThat(status).isNotZero();
    assertThat(out.toString()).contains("is 'here'");
  }

  @Test
  void theCommandLooksAtThisMachine() {
    StringWriter out = new StringWriter();
    int status =
        MatrixCommand.run(
            List.of("doctor"), Map.of(), new PrintWriter(out, true), new PrintWriter(out));
    assertThat(status).isZero();
    assertThat(out.toString())
        .contains("Java           " + System.getProperty("java.version"))
        .contains("mock_local     ");
  }
}
