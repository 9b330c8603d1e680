package io.plumbline.connector.tck;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.lab.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/** One system of a connector for all tests of the JVM, stopped after the last. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public abstract class SharedSystem implements ParameterResolver, ExecutionCondition {
  private final SystemProvider provider;
  private final Class<? extends RunningSystem> type;

  /** The connector's first provider starts it. */
  protected SharedSystem(Connector connector) {
    this(connector, RunningSystem.class);
  }

  /** The provider starts it. */
  protected SharedSystem(SystemProvider provider) {
    this(provider, RunningSystem.class);
  }

  /**
   * The connector's first provider starts it.
   *
   * @param type what tests may ask for, beside a {@link RunningSystem}
   */
  protected SharedSystem(Connector connector, Class<? extends RunningSystem> type) {
    this(connector.providers().get(0), type);
  }

  private SharedSystem(SystemProvider provider, Class<? extends RunningSystem> type) {
    this.provider = provider;
    this.type = type;
  }

  private record Started(Path directory, RunningSystem system) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      system.close();
      // Fails when the system left something behind.
      Files.delete(directory);
    }
  }

  /**
   * Skips the tests where the system cannot be had, by an assumption that does not hold; until
   * overridden it always can.
   */
  protected void assumeAvailable() {}

  /** An assumption that fails while a parameter is resolved would be an error of the test. */
  @Override
  public final ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return store(context)
        .getOrComputeIfAbsent("available", key -> available(), ConditionEvaluationResult.class);
  }

  private ConditionEvaluationResult available() {
    try {
      assumeAvailable();
      return ConditionEvaluationResult.enabled("The system can be had.");
    } catch (TestAbortedException e) {
      return ConditionEvaluationResult.disabled(e.getMessage());
    }
  }

  private ExtensionContext.Store store(ExtensionContext context) {
    return context.getRoot().getStore(ExtensionContext.Namespace.create(getClass()));
  }

  @Override
  public final boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> asked = parameter.getParameter().getType();
    return asked == RunningSystem.class || asked == type;
  }

  @Override
  public final Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return type.cast(
        store(context).getOrComputeIfAbsent("system", key -> start(), Started.class).system());
  }

  private Started start() {
    try {
      Path directory = Files.createTempDirectory("plumbline-test-");
      try {
        return new Started(directory, provider.start(directory));
      } catch (RuntimeException e) {
        FileTree.remove(directory);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
