package io.plumbline.containers;

import io.plumbline.matrix.connector.ExternalEndpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * A server with one port and an administrator.
 *
 * @param environment variables of the container; <code>{password}</code> stands for the password
 * @param command arguments of the image's entry point
 * @param serves tells when the server serves
 * @param address as the connector writes it, with <code>{host}</code> and <code>{port}</code>
 * @param user the administrator
 * @param licence see {@link Recipe#licence}
 */
record ServerRecipe(
    DockerImageName image,
    String product,
    int port,
    Map<String, String> environment,
    List<String> command,
    Supplier<WaitStrategy> serves,
    String address,
    String user,
    Optional<String> licence)
    implements Recipe {
  private static final String PASSWORD = "{password}";

  /** Of an image that asks for nothing. */
  ServerRecipe(
      DockerImageName image,
      String product,
      int port,
      Map<String, String> environment,
      List<String> command,
      Supplier<WaitStrategy> serves,
      String address,
      String user) {
    this(image, product, port, environment, command, serves, address, user, Optional.empty());
  }

  /** Servers share memory between their processes there; the usual 64 MB are soon used up. */
  private static final long SHARED_MEMORY = 256L << 20;

  @Override
  public GenericContainer<?> container(DockerImageName from, String password) {
    GenericContainer<?> container = new GenericContainer<>(from);
    container.withExposedPorts(port);
    container.withSharedMemorySize(SHARED_MEMORY);
    environment.forEach((name, text) -> container.withEnv(name, text.replace(PASSWORD, password)));
    if (!command.isEmpty()) {
      container.withCommand(command.toArray(String[]::new));
    }
    return container;
  }

  @Override
  public WaitStrategy ready() {
    return serves.get();
  }

  @Override
  public ExternalEndpoint endpoint(GenericContainer<?> started, String password) {
    return new ExternalEndpoint(
        address
            .replace("{host}", started.getHost())
            .replace("{port}", String.valueOf(started.getMappedPort(port))),
        user,
        password);
  }
}
