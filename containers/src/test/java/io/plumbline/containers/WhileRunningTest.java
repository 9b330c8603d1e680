package io.plumbline.containers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.containers.wait.strategy.WaitStrategyTarget;

class WhileRunningTest {
  /** Ready at once. */
  private static final WaitStrategy READY =
      new WaitStrategy() {
        @Override
        public void waitUntilReady(WaitStrategyTarget container) {}

        @Override
        public WaitStrategy withStartupTimeout(Duration timeout) {
          return this;
        }
      };

  /** As an engine shows one that is ending: running, and a moment later not. */
  private static WaitStrategyTarget ending() {
    AtomicInteger asked = new AtomicInteger();
    return (WaitStrategyTarget)
        Proxy.newProxyInstance(
            WhileRunningTest.class.getClassLoader(),
            new Class<?>[] {WaitStrategyTarget.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("isRunning")) {
                return asked.getAndIncrement() == 0;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  @Test
  void aContainerThatIsReadyWhileItEndsIsNotReady() {
    WaitStrategyTarget ending = ending();
    assertThatThrownBy(() -> new WhileRunning(READY).waitUntilReady(ending))
        .isInstanceOf(ContainerLaunchException.class)
        .hasMessage("It ended before it was ready");
  }
}
