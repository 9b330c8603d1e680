package io.plumbline.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import io.plumbline.matrix.connector.EndpointProvider;
import io.plumbline.matrix.connector.StartedEndpoint;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.SystemUnavailableException;
import io.plumbline.matrix.registry.Family;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
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
  private static final Pattern SAID = Pattern.compile("\\{\"message\":\"(.*)\"}");
  private static final int SECRET_BYTES = 16;

  private final Map<Family, Recipe> recipes;
  private final Supplier<DockerClient> engine;
  private final UnaryOperator<@Nullable String> environment;
  private final Owner owner = Owner.current();
  private final Orphans orphans = new Orphans(owner);
  private final SecureRandom random = new SecureRandom();

  private final Set<Logger> quiet =
      Set.of(quiet("org.testcontainers"), quiet("com.github.dockerjava"), quiet("tc"));

  /** Called by {@link java.util.ServiceLoader}. */
  public ContainerProvider() {
    this(Recipes.all(), () -> DockerClientFactory.instance().client(), System::getenv);
  }

  ContainerProvider(
      Map<Family, Recipe> recipes,
      Supplier<DockerClient> engine,
      UnaryOperator<@Nullable String> environment) {
    this.recipes = recipes;
    this.engine = engine;
    this.environment = environment;
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
    DockerImageName named =
        request
            .image()
            .map(name -> DockerImageName.parse(name).asCompatibleSubstituteFor(recipe.image()))
            .orElse(recipe.image());
    DockerImageName image = request.version().map(named::withTag).orElse(named);
    requireLicence(family, image, recipe);
    requireEngine(family, image);
    // Some products want letters of both kinds, digits and something else.
    String password = "Pl-0" + secret();
    GenericContainer<?> container = recipe.container(image, password);
    String name = secret();
    container.withLabels(owner.labels());
    container.withLabel(Orphans.NAME, name);
    Runnable remove = () -> remove(family, container, name);
    LastLines log = new LastLines();
    container.withLogConsumer(log);
    container.waitingFor(new WhileRunning(recipe.ready()).withStartupTimeout(request.deadline()));
    try {
      container.start();
      return new StartedContainer(
          remove,
          recipe.endpoint(container, password),
          recipe,
          image.asCanonicalNameString(),
          quiet);
    } catch (RuntimeException e) {
      throw removed(remove, failure(request, image, log, e));
    }
  }

  private void requireLicence(Family family, DockerImageName image, Recipe recipe) {
    recipe
        .licence()
        .filter(variable -> !"Y".equals(environment.apply(variable)))
        .ifPresent(
            variable -> {
              throw new SystemUnavailableException(
                  family,
                  "whoever starts %s accepts its licence, which the environment variable %s=Y says; matrix.system.%s=external takes a server of yours, and matrix.missing-system=skip skips these cases."
                      .formatted(image.asCanonicalNameString(), variable, family));
            });
  }

  private void requireEngine(Family family, DockerImageName image) {
    try {
      orphans.removeOnce(engine.get());
    } catch (ContainerFetchException e) {
      throw noImage(family, image.asCanonicalNameString(), e);
    } catch (RuntimeException e) {
      throw new SystemUnavailableException(
          family,
          "no Docker engine answers (%s); start one, or name it in DOCKER_HOST, or take a server of yours by matrix.system.%s=external, or skip these cases by matrix.missing-system=skip."
              .formatted(firstLine(e), family));
    }
  }

  private String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private RuntimeException failure(
      Request request, DockerImageName image, LastLines log, RuntimeException e) {
    Optional<String> gone = engineGone();
    if (gone.isPresent()) {
      return new SystemFailureException(
          request.family(),
          "the Docker engine stopped answering while a container of %s was started (%s)"
              .formatted(image.asCanonicalNameString(), gone.get()),
          e);
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ContainerFetchException) {
        return noImage(request.family(), image.asCanonicalNameString(), cause);
      }
    }
    String what =
        "The container of %s did not become ready (%s); it had %d s, and matrix.timeout.start allows it more."
            .formatted(image.asCanonicalNameString(), reason(e), request.deadline().toSeconds());
    return new SystemFailureException(
        request.family(), what, ContainerLogException.of(log.lines(), e));
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
            .formatted(missing, pull(root(e)), instead, family));
  }

  private void remove(Family family, GenericContainer<?> container, String name) {
    try {
      stop(container, name);
    } catch (RuntimeException e) {
      if (engineGone().isEmpty()) {
        throw e;
      }
      throw new SystemFailureException(
          family,
          "its container cannot be removed, because the Docker engine stopped answering; the next run removes it",
          e);
    }
  }

  /** Also one of which Testcontainers does not know that it was made. */
  private void stop(GenericContainer<?> container, String name) {
    try {
      container.stop();
    } finally {
      Orphans.remove(engine.get(), name);
    }
  }

  /** What is in the way of asking the engine anything; empty while it answers. */
  private Optional<String> engineGone() {
    try {
      engine.get().pingCmd().exec();
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(firstLine(root(e)));
    }
  }

  private static RuntimeException removed(Runnable remove, RuntimeException failure) {
    try {
      remove.run();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  /** Testcontainers repeats a pull until its time is over, and then only says that it is over. */
  private static String pull(Throwable e) {
    String said = firstLine(e);
    return said.startsWith("Condition ") ? "it is not here, and could not be pulled in time" : said;
  }

  /**
   * What Testcontainers found out itself, or the engine said; the exceptions around it only say
   * that it failed.
   */
  private static String reason(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalStateException) {
        return firstLine(cause);
      }
      if (cause instanceof DockerException) {
        Matcher said = SAID.matcher(firstLine(cause));
        return said.find() ? said.group(1) : firstLine(cause);
      }
    }
    return "it ended at once, or published no port";
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
