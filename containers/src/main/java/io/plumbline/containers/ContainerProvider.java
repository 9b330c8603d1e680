package io.plumbline.containers;

import com.github.dockerjava.api.DockerClient;
import io.plumbline.matrix.connector.EndpointProvider;
import io.plumbline.matrix.connector.StartedEndpoint;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.SystemUnavailableException;
import io.plumbline.matrix.registry.Family;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Starts families' systems as containers, by Testcontainers and with its settings. Each has a
 * password of its own, made up for the run, and labels by which a later run finds what a killed one
 * left.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ContainerProvider implements EndpointProvider {
  private static final Pattern FETCHED = Pattern.compile("imageName=([^,)]+)");
  private static final int PASSWORD_BYTES = 16;

  private final Map<Family, Recipe> recipes;
  private final Supplier<DockerClient> engine;
  private final Owner owner = Owner.current();
  private final Orphans orphans = new Orphans(owner);
  private final SecureRandom random = new SecureRandom();

  private final Set<Logger> quiet =
      Set.of(quiet("org.testcontainers"), quiet("com.github.dockerjava"), quiet("tc"));

  /** Called by {@link java.util.ServiceLoader}. */
  public ContainerProvider() {
    this(Recipes.all(), () -> DockerClientFactory.instance().client());
  }

  ContainerProvider(Map<Family, Recipe> recipes, Supplier<DockerClient> engine) {
    this.recipes = recipes;
    this.engine = engine;
  }

  /** What goes wrong arrives as an exception. A level that the user has set stays. */
  private static Logger quiet(String name) {
    Logger logger = Logger.getLogger(name);
    if (logger.getLevel() == null) {
      logger.setLevel(Level.OFF);
    }
    return logger;
  }

  @Override
  public Set<Family> families() {
    return Set.copyOf(recipes.keySet());
  }

  @Override
  public StartedEndpoint start(Request request) {
    Family family = request.family();
    Recipe recipe = recipes.get(family);
    if (recipe == null) {
      throw new SystemUnavailableException(family, "there is no recipe for a container of it");
    }
    requireEngine(family);
    String password = password();
    DockerImageName image =
        request
            .image()
            .map(name -> DockerImageName.parse(name).asCompatibleSubstituteFor(recipe.image()))
            .orElse(recipe.image());
    GenericContainer<?> container = recipe.container(image, password);
    container.withLabels(owner.labels());
    container.withStartupTimeout(request.deadline());
    try {
      container.start();
      return new StartedContainer(
          container,
          recipe.endpoint(container, password),
          recipe,
          image.asCanonicalNameString(),
          quiet);
    } catch (RuntimeException e) {
      throw removed(container, failure(request, image, container, e));
    }
  }

  private void requireEngine(Family family) {
    try {
      orphans.removeOnce(engine.get());
    } catch (RuntimeException e) {
      throw new SystemUnavailableException(
          family,
          "no Docker engine answers (%s); start one, or name it in DOCKER_HOST, or take a server of yours by matrix.system.%s=external, or skip these cases by matrix.missing-system=skip."
              .formatted(firstLine(e), family));
    }
  }

  private String password() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static RuntimeException failure(
      Request request, DockerImageName image, GenericContainer<?> container, RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ContainerFetchException) {
        return noImage(request.family(), image.asCanonicalNameString(), cause);
      }
    }
    String what =
        "The container of %s was not ready within %d s (%s); matrix.timeout.start allows it more."
            .formatted(
                image.asCanonicalNameString(), request.deadline().toSeconds(), firstLine(root(e)));
    return new SystemFailureException(
        request.family(), what, ContainerLogException.of(log(container), e));
  }

  private static SystemUnavailableException noImage(Family family, String image, Throwable e) {
    Matcher fetched = FETCHED.matcher(String.valueOf(e.getMessage()));
    String missing = fetched.find() ? fetched.group(1) : image;
    String instead =
        missing.equals(image)
            ? "matrix.image.%s names another one".formatted(family)
            : "it is one of Testcontainers' own, and its settings name another one";
    return new SystemUnavailableException(
        family,
        "image %s cannot be had (%s); %s, matrix.system.%s=external takes a server of yours, and matrix.missing-system=skip skips these cases."
            .formatted(missing, firstLine(root(e)), instead, family));
  }

  private static String log(GenericContainer<?> container) {
    try {
      return container.getContainerId() == null ? "" : container.getLogs();
    } catch (RuntimeException e) {
      return "It cannot be read: " + firstLine(e);
    }
  }

  private static RuntimeException removed(GenericContainer<?> container, RuntimeException failure) {
    try {
      container.stop();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  private static Throwable root(Throwable e) {
    return Stream.iterate(e, c -> c != null, Throwable::getCause)
        .reduce((outer, inner) -> inner)
        .orElse(e);
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
  }
}
