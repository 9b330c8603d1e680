package io.plumbline.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.connector.SystemFailureException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Servers of their own, for which the tests wait more than they work. */
@Execution(ExecutionMode.CONCURRENT)
class MariadbInstallationTest {
  private static final int TOGETHER = 3;

  @TempDir private Path folder = Path.of("");

  @Test
  void severalAreMadeAtTheSameTimeAndAServerStartsOnWhatOneOfThemHolds()
      throws IOException, InterruptedException, ExecutionException {
    List<MariadbInstallation> made = madeTogether();
    assertThat(made).hasSize(TOGETHER).doesNotHaveDuplicates();
    assertThat(made)
        .as("nothing is left where nobody removes it")
        .allSatisfy(
            each ->
                assertThat(each.configuration(each.data()).build().getTmpDir().toPath())
                    .startsWith(folder)
                    .isDirectory());
    MariadbInstallation one = made.get(0);
    Files.createDirectory(one.data().resolve("kept"));
    Path home = folder.resolve("home");
    try (var system =
        EmbeddedMariadb.start(home, folder.resolve("cache0"), EmbeddedMariadb.ANY_PORT).system()) {
      assertThat(home.resolve("data/kept")).as(system.info().product()).isDirectory();
    }
    assertThat(home).doesNotExist();
  }

  @Test
  void aPortThatSomebodyElseHasIsTheLabsFailure() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> EmbeddedMariadbProvider.start(folder, taken.getLocalPort()))
          .isInstanceOf(SystemFailureException.class)
          .hasMessageStartingWith("mysql: The embedded MariaDB did not start: ")
          .hasMessageContaining("Address already in use");
    }
  }

  private List<MariadbInstallation> madeTogether() throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(TOGETHER);
    try {
      List<Future<MariadbInstallation>> begun = new ArrayList<>();
      for (int number = 0; number < TOGETHER; number++) {
        Path cache = folder.resolve("cache" + number);
        begun.add(threads.submit(() -> MariadbInstallation.in(cache)));
      }
      List<MariadbInstallation> made = new ArrayList<>();
      for (Future<MariadbInstallation> installation : begun) {
        made.add(installation.get());
      }
      return made;
    } finally {
      threads.shutdownNow();
    }
  }
}
