package io.plumbline.matrix.engine;

import io.plumbline.matrix.registry.Glob;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.DiscoverySelectorIdentifier;

/**
 * Selects cases of the canonical registry by id or glob, inside {@link WholeMatrix}; written {@code
 * case:postgres_to_mssql__*}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record CaseSelector(Glob cases) implements DiscoverySelector {
  static final String PREFIX = "case";

  /** The cases that an id or a glob names. */
  public static CaseSelector of(String idOrGlob) {
    return new CaseSelector(new Glob(idOrGlob));
  }

  @Override
  public Optional<DiscoverySelectorIdentifier> toIdentifier() {
    return Optional.of(DiscoverySelectorIdentifier.create(PREFIX, cases.text()));
  }
}
