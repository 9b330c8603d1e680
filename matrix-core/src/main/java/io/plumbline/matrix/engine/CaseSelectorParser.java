package io.plumbline.matrix.engine;

import java.util.Optional;
import org.apiguardian.api.API;
import org.junit.platform.engine.DiscoverySelectorIdentifier;
import org.junit.platform.engine.discovery.DiscoverySelectorIdentifierParser;

/** Reads {@code case:<id or glob>}; found by {@link java.util.ServiceLoader}. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class CaseSelectorParser implements DiscoverySelectorIdentifierParser {

  @Override
  public String getPrefix() {
    return CaseSelector.PREFIX;
  }

  @Override
  public Optional<CaseSelector> parse(DiscoverySelectorIdentifier identifier, Context context) {
    return Optional.of(CaseSelector.of(identifier.getValue()));
  }
}
