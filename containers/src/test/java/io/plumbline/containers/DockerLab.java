package io.plumbline.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.github.dockerjava.api.DockerClient;
import io.plumbline.matrix.registry.Family;
import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;

/**
 * The engine of this machine. {@code MATRIX_IMAGE_POSTGRES} names the image of the tests; it, or
 * {@code PLUMBLINE_DOCKER=required}, promises that tests can have it.
 */
final class DockerLab {
  static final Family POSTGRES = new Family("postgres");
  static final Optional<String> IMAGE = Optional.ofNullable(System.getenv("MATRIX_IMAGE_POSTGRES"));
  private static final boolean PROMISED =
      IMAGE.isPresent() || "required".equals(System.getenv("PLUMBLINE_DOCKER"));

  private DockerLab() {}

  static DockerClient engine() {
    return DockerClientFactory.instance().client();
  }

  /** Leaves tests out where there is no engine, and nobody promised one. */
  static void requireEngine() {
    try {
      if (!DockerClientFactory.instance().isDockerAvailable()) {
        missing("no Docker engine answers");
      }
    } catch (ContainerFetchException e) {
      missing(String.valueOf(e.getMessage()));
    }
  }

  /** What was promised has to be there; what nobody promised may be missing. */
  static void missing(String why) {
    assertThat(PROMISED).as(why).isFalse();
    abort(why);
  }

  /** The containers of a process. */
  static List<String> containers(Owner owner) {
    return engine()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(owner.labels())
        .exec()
        .stream()
        .map(c -> c.getId())
        .toList();
  }

  /** A container that is not started. */
  static String create(Owner owner) {
    return engine()
        .createContainerCmd(IMAGE.orElse("postgres:18.6"))
        .withLabels(owner.labels())
        .exec()
        .getId();
  }

  static void remove(Owner owner) {
    containers(owner).forEach(id -> engine().removeContainerCmd(id).withForce(true).exec());
  }
}
