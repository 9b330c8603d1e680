package io.plumbline.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Container;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Containers of runs that were killed. */
final class Orphans {
  private final Owner owner;
  private final AtomicBoolean looked = new AtomicBoolean();

  Orphans(Owner owner) {
    this.owner = owner;
  }

  /** Removes them, the first time it is called. */
  void removeOnce(DockerClient engine) {
    if (looked.compareAndSet(false, true)) {
      engine
          .listContainersCmd()
          .withShowAll(true)
          .withLabelFilter(List.of(Owner.PLACE))
          .exec()
          .stream()
          .filter(container -> owner.outlived(container.getLabels()))
          .forEach(container -> remove(engine, container));
    }
  }

  private static void remove(DockerClient engine, Container container) {
    try {
      engine.removeContainerCmd(container.getId()).withForce(true).withRemoveVolumes(true).exec();
    } catch (DockerException e) {
      // Another run was faster.
      return;
    }
  }
}
