package io.plumbline.matrix.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.StartedEndpoint;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.registry.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartedSystemTest {
  private static final SystemInfo REACHED =
      new SystemInfo(new Family("mysql"), "MySQL", "8.4", EvidenceLevel.EXTERNAL);
  private static final SystemInfo STARTED =
      new SystemInfo(
          new Family("mysql"), "MySQL", "8.4", EvidenceLevel.CONTAINER, Optional.of("mysql:8.4"));

  private final List<String> closed = new ArrayList<>();

  @Test
  void itsEvidenceIsThatOfWhatWasStarted() {
    assertThat(started(false).info()).isEqualTo(STARTED);
  }

  @Test
  void whatWasStartedGoesLast() {
    started(false).close();
    assertThat(closed).containsExactly("connection", "container");
  }

  @Test
  void whatWasStartedGoesAlsoWhenTheConnectionCannotBeClosed() {
    StartedSystem system = started(true);
    assertThatThrownBy(system::close).hasMessage("It does not close.");
    assertThat(closed).containsExactly("connection", "container");
  }

  private StartedSystem started(boolean stuck) {
    return new StartedSystem(
        new RunningSystem() {
          @Override
          public SystemInfo info() {
            return REACHED;
          }

          @Override
          public Source openSource(CaseScope scope) {
            throw new IllegalStateException("not asked");
          }

          @Override
          public Sink openSink(CaseScope scope) {
            throw new IllegalStateException("not asked");
          }

          @Override
          public void close() {
            closed.add("connection");
            if (stuck) {
              throw new IllegalStateException("It does not close.");
            }
          }
        },
        new StartedEndpoint() {
          @Override
          public ExternalEndpoint endpoint() {
            return new ExternalEndpoint("somewhere", "u", "p");
          }

          @Override
          public SystemInfo info(SystemInfo told) {
            assertThat(told).isEqualTo(REACHED);
            return STARTED;
          }

          @Override
          public void close() {
            closed.add("container");
          }
        });
  }
}
