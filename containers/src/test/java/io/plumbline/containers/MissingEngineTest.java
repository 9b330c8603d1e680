package io.plumbline.containers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.connector.EndpointProvider.Request;
import io.plumbline.matrix.connector.SystemUnavailableException;
import io.plumbline.matrix.registry.Family;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testcontainers.containers.ContainerFetchException;

/** What is said where no engine can be used; none is asked. */
class MissingEngineTest {
  private static final Request REQUEST =
      new Request(new Family("postgres"), Optional.empty(), Duration.ofMinutes(2));

  @Test
  void anImageOfTestcontainersOwnIsNamedAsSuch() {
    ContainerProvider without =
        new ContainerProvider(
            Recipes.all(),
            () -> {
              throw new ContainerFetchException(
                  "Can't get Docker image: RemoteDockerImage(imageName=testcontainers/ryuk:0.14.0, x=y)");
            },
            name -> null);
    assertThatThrownBy(() -> without.start(REQUEST))
        .isInstanceOf(SystemUnavailableException.class)
        .hasMessageStartingWith("postgres: image testcontainers/ryuk:0.14.0 cannot be had (")
        .hasMessageContaining("it is one of Testcontainers' own");
  }

  @ParameterizedTest
  @CsvSource({
    "'', postgres:16.4",
    "registry.example.org:5000/some/postgres:15, registry.example.org:5000/some/postgres:16.4"
  })
  void aVersionIsATagOfTheNamedImageOrOfTheUsualOne(String named, String image) {
    ContainerProvider without =
        new ContainerProvider(
            Recipes.all(),
            () -> {
              throw new ContainerFetchException("no image");
            },
            name -> null);
    Request request =
        new Request(
            new Family("postgres"),
            Optional.of(named).filter(name -> !name.isEmpty()),
            Optional.of("16.4"),
            Duration.ofMinutes(2));
    assertThatThrownBy(() -> without.start(request))
        .isInstanceOf(SystemUnavailableException.class)
        .hasMessageStartingWith("postgres: image " + image + " cannot be had (");
  }

  @Test
  void anEngineThatDoesNotAnswerIsNamedWithWhatWouldHelp() {
    ContainerProvider without =
        new ContainerProvider(
            Recipes.all(),
            () -> {
              throw new IllegalStateException("Could not find a valid Docker environment.\nmore");
            },
            name -> null);
    assertThatThrownBy(() -> without.start(REQUEST))
        .isInstanceOf(SystemUnavailableException.class)
        .hasMessage(
            "postgres: no Docker engine answers (Could not find a valid Docker environment.); start one, or name it in DOCKER_HOST, or take a server of yours by matrix.system.postgres=external, or skip these cases by matrix.missing-system=skip.");
  }

  /** Not even an engine is asked. */
  @Test
  void aLicenceThatNobodyAcceptedIsNamed() {
    ContainerProvider without =
        new ContainerProvider(
            Recipes.all(),
            () -> {
              throw new IllegalStateException("asked");
            },
            name -> name.equals("PLUMBLINE_MSSQL_ACCEPT_EULA") ? "no" : "Y");
    Request request = new Request(new Family("mssql"), Optional.empty(), Duration.ofMinutes(2));
    assertThatThrownBy(() -> without.start(request))
        .isInstanceOf(SystemUnavailableException.class)
        .hasMessage(
            "mssql: whoever starts mcr.microsoft.com/mssql/server:2022-CU14-ubuntu-22.04 accepts its licence, which the environment variable PLUMBLINE_MSSQL_ACCEPT_EULA=Y says; matrix.system.mssql=external takes a server of yours, and matrix.missing-system=skip skips these cases.");
  }

  @Test
  void anAcceptedLicenceIsInNobodysWay() {
    ContainerProvider without =
        new ContainerProvider(
            Recipes.all(),
            () -> {
              throw new IllegalStateException("asked");
            },
            name -> "Y");
    Request request = new Request(new Family("mssql"), Optional.empty(), Duration.ofMinutes(2));
    assertThatThrownBy(() -> without.start(request)).hasMessageContaining("(asked)");
  }
}
