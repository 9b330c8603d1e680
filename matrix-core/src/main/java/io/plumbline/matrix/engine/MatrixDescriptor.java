package io.plumbline.matrix.engine;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.hierarchical.Node;

/** The root: knows what the request is about, and ends the run's reports. */
final class MatrixDescriptor extends EngineDescriptor implements Node<RunContext> {
  private @Nullable Plan plan;

  MatrixDescriptor(UniqueId uniqueId) {
    super(uniqueId, "Plumbline");
  }

  Optional<Plan> plan() {
    return Optional.ofNullable(plan);
  }

  void plan(Plan made) {
    this.plan = made;
  }

  /** The cases that are left after all filters, in the order of execution. */
  List<CaseDescriptor> cases() {
    return getDescendants().stream()
        .filter(CaseDescriptor.class::isInstance)
        .map(CaseDescriptor.class::cast)
        .toList();
  }

  @Override
  public ExecutionMode getExecutionMode() {
    return ExecutionMode.SAME_THREAD;
  }

  @Override
  public void cleanUp(RunContext context) {
    context.end();
  }
}
