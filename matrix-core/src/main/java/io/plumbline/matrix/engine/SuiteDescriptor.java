package io.plumbline.matrix.engine;

import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.hierarchical.Node;

/** A suite class; a container without behaviour, so that nothing can fail but cases. */
final class SuiteDescriptor extends AbstractTestDescriptor implements Node<RunContext> {
  static final String SEGMENT = "suite";

  private final Class<?> suite;

  SuiteDescriptor(UniqueId parent, Class<?> suite) {
    super(uniqueId(parent, suite), suite.getSimpleName(), ClassSource.from(suite));
    this.suite = suite;
  }

  static UniqueId uniqueId(UniqueId parent, Class<?> suite) {
    return parent.append(SEGMENT, suite.getName());
  }

  Class<?> suite() {
    return suite;
  }

  @Override
  public Type getType() {
    return Type.CONTAINER;
  }

  /** Fully qualified, or Surefire's {@code classname} loses its package. */
  @Override
  public String getLegacyReportingName() {
    return suite.getName();
  }

  /** One suite after the other: a JVM that dies then leaves whole suites behind. */
  @Override
  public ExecutionMode getExecutionMode() {
    return ExecutionMode.SAME_THREAD;
  }
}
