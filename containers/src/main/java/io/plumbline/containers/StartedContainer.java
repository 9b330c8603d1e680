package io.plumbline.containers;

import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.StartedEndpoint;
import io.plumbline.matrix.connector.SystemInfo;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;

/**
 * A container that serves. Another product than the family's is a stand-in, container or not.
 *
 * @param remove ends it, and removes what is left of it
 * @param quiet held, because the log manager forgets a logger that nobody holds, and its level
 */
record StartedContainer(
    Runnable remove, ExternalEndpoint endpoint, Recipe recipe, String image, Set<Logger> quiet)
    implements StartedEndpoint {
  @Override
  public SystemInfo info(SystemInfo told) {
    EvidenceLevel level =
        told.product().equals(recipe.product()) ? EvidenceLevel.CONTAINER : EvidenceLevel.STAND_IN;
    return new SystemInfo(told.family(), told.product(), told.version(), level, Optional.of(image));
  }

  @Override
  public void close() {
    remove.run();
  }
}
