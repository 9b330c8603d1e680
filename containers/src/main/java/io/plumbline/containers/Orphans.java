package io.plumbline.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Containers that nobody needs any longer. */
final class Orphans {
  /** The label of a container that no other has. */
  static final String NAME = "io.plumbline.container";

  private final Owner owner;
  private final AtomicBoolean looked = new AtomicBoolean();

  Orphans(Owner owner) {
    this.owner = owner;
  }

  /** Removes what runs left that were killed, the first time it is called. */
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

  /**
   * Removes a container of this run, whatever became of it.
   *
   * @param name that it alone has
   */
  static void remove(DockerClient engine, String name) {
    engine.listContainersCmd().withShowAll(true).withLabelFilter(Map.of(NAME, name)).exec().stream()
        .forEach(container -> remove(engine, container));
  }

  private static void remove(DockerClient engine, Container container) {
    try {
      engine.removeContainerCmd(container.getId()).withForce(true).withRemoveVolumes(true).exec();
    } catch (NotFoundException | ConflictException e) {
      // Another run was faster, or is about to be.
      return;
    }
  }
}
