package io.plumbline.matrix.engine;

import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.MatrixCase;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.engine.support.hierarchical.ExclusiveResource;
import org.junit.platform.engine.support.hierarchical.ExclusiveResource.LockMode;
import org.junit.platform.engine.support.hierarchical.Node;

/** A case: the only kind of test. */
final class CaseDescriptor extends AbstractTestDescriptor implements Node<RunContext> {
  static final String SEGMENT = "case";
  private static final String LOCK_PREFIX = "plumbline:system:";

  private final MatrixCase matrixCase;
  private final String suite;

  CaseDescriptor(UniqueId parent, MatrixCase matrixCase, String suite) {
    // A method of this name does not exist; with it, -Dit.test=Suite#case works.
    super(
        parent.append(SEGMENT, matrixCase.id().toString()),
        matrixCase.id().toString(),
        MethodSource.from(suite, matrixCase.id().toString()));
    this.matrixCase = matrixCase;
    this.suite = suite;
  }

  MatrixCase matrixCase() {
    return matrixCase;
  }

  String suite() {
    return suite;
  }

  @Override
  public Type getType() {
    return Type.TEST;
  }

  @Override
  public Set<TestTag> getTags() {
    CaseId id = matrixCase.id();
    return Stream.concat(
            Stream.of("source:" + id.source(), "sink:" + id.sink(), "strategy:" + id.strategy()),
            id.suffixes().map(suffix -> "version:" + suffix))
        .map(TestTag::create)
        .collect(Collectors.toSet());
  }

  @Override
  public ExecutionMode getExecutionMode() {
    return ExecutionMode.CONCURRENT;
  }

  /** A case has its own schema, database or topic; whoever acts on a whole system locks it. */
  @Override
  public Set<ExclusiveResource> getExclusiveResources() {
    CaseId id = matrixCase.id();
    return id.source().equals(id.sink())
        ? Set.of(lock(id.source()))
        : Set.of(lock(id.source()), lock(id.sink()));
  }

  private static ExclusiveResource lock(Family family) {
    return new ExclusiveResource(LOCK_PREFIX + family, LockMode.READ);
  }

  @Override
  public RunContext execute(RunContext context, DynamicTestExecutor dynamicTestExecutor)
      throws InterruptedException {
    context.run(this);
    return context;
  }
}
