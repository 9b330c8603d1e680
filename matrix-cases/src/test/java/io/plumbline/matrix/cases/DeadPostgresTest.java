package io.plumbline.matrix.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.connector.tck.Mishap;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.mover.StateStore;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.StandardRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A PostgreSQL that dies in the middle of a load, in a run that has other cases. */
@Isolated("kills the newest server of the machine")
class DeadPostgresTest {
  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  private final Matrix matrix = Matrix.ofClassPath(Matrix.CANONICAL);
  @TempDir private Path artifacts = Path.of("");

  @Test
  void itsCaseIsAnErrorThatNamesItTheStateStaysAndTheOthersGoOn() throws IOException {
    List<Path> before = postmasters();
    AtomicReference<StateStore> states = new AtomicReference<>();
    StandardRun run = SmallRun.of(RunMode.MOCK_LOCAL, 1_000, artifacts);
    try {
      Mishap death = new Mishap(Mishap.Moment.LOAD, () -> kill(before));
      CaseResult dead =
          run.run(
              of("postgres_to_postgres__full_refresh"),
              request -> {
                states.set(request.states());
                death.mover().move(request);
              });
      assertThat(dead.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(dead.failure()).isInstanceOf(SystemFailureException.class);
      assertThat(dead.reason()).startsWith("postgres: ");
      assertThat(states.get().read()).isEmpty();

      CaseResult other = run.run(of("api_to_mssql__replace"));
      assertThat(other.verdict()).as(other.reason()).isEqualTo(Verdict.PASS);
    } finally {
      // It cannot be told to forget what it has, and says so.
      assertThatThrownBy(run::close).isInstanceOf(SystemFailureException.class);
    }
    assertThat(postmasters()).isEqualTo(before);
  }

  private MatrixCase of(String id) {
    return matrix.find(id).orElseThrow();
  }

  private static void kill(List<Path> others) {
    try {
      for (Path file : postmasters()) {
        if (!others.contains(file)) {
          long pid = Long.parseLong(Files.readAllLines(file).get(0).strip());
          ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
          // The backends, too: each would finish what it does.
          List<ProcessHandle> all = Stream.concat(Stream.of(server), server.descendants()).toList();
          all.forEach(ProcessHandle::destroyForcibly);
          all.forEach(process -> process.onExit().join());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files in which the servers of all runs on this machine keep their process ids. */
  private static List<Path> postmasters() throws IOException {
    try (Stream<Path> runs = Files.list(TEMPORARY)) {
      return runs.map(run -> run.resolve("postgres/postgres/data/postmaster.pid"))
          .filter(Files::exists)
          .toList();
    }
  }
}
