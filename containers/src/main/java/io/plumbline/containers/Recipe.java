package io.plumbline.containers;

import io.plumbline.matrix.connector.ExternalEndpoint;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.utility.DockerImageName;

/** How a family's system is started from an image, and how it is reached. */
interface Recipe {
  /** The image when nobody names another; its version is pinned. */
  DockerImageName image();

  /** The environment variable by which a user says Y to the image's licence, where it asks. */
  default Optional<String> licence() {
    return Optional.empty();
  }

  /** What the system calls itself when it is the one that the family is named after. */
  String product();

  /**
   * A container that was not started yet.
   *
   * @param image the default image, or one that can take its place
   * @param password of the system's administrator, where it has one
   */
  GenericContainer<?> container(DockerImageName image, String password);

  /** Tells when the system serves. */
  WaitStrategy ready();

  /** How a started container is reached from here. */
  ExternalEndpoint endpoint(GenericContainer<?> started, String password);
}
