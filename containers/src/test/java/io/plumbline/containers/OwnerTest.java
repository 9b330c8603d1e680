package io.plumbline.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OwnerTest {
  private final Owner owner = Owner.current();

  private static Owner of(ProcessHandle process, String place) {
    return new Owner(place, process.pid(), process.info().startInstant().orElseThrow());
  }

  @Test
  void whatIsAliveIsLeftAlone() throws IOException {
    assertThat(owner.outlived(owner.labels())).isFalse();
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      assertThat(owner.outlived(of(other.toHandle(), owner.place()).labels())).isFalse();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void whatIsGoneIsOutlivedHereOnly() throws IOException, InterruptedException {
    Process other = new ProcessBuilder("sleep", "60").start();
    Owner gone = of(other.toHandle(), owner.place());
    other.destroyForcibly();
    assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();

    assertThat(owner.outlived(gone.labels())).isTrue();
    assertThat(owner.outlived(new Owner("elsewhere", gone.pid(), gone.started()).labels()))
        .as("numbers of another machine say nothing here")
        .isFalse();
  }

  @Test
  void aNumberThatIsUsedAgainIsAnotherProcess() {
    Instant earlier = owner.started().minus(Duration.ofHours(1));
    assertThat(owner.outlived(new Owner(owner.place(), owner.pid(), earlier).labels())).isTrue();
  }

  @Test
  void labelsThatWeDidNotWriteAreLeftAlone() {
    Map<String, String> labels = new HashMap<>(owner.labels());
    labels.replaceAll((name, text) -> name.equals(Owner.PLACE) ? text : "x");
    assertThat(owner.outlived(labels)).isFalse();
    assertThat(owner.outlived(Map.of())).isFalse();
    assertThat(owner.outlived(Map.of(Owner.PLACE, owner.place()))).isFalse();
  }
}
