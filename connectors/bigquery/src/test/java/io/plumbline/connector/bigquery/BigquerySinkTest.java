package io.plumbline.connector.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.connector.bigquery.service.RestServer;
import io.plumbline.connector.tck.TableContract;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.Inspector.Observability;
import io.plumbline.matrix.connector.SystemInfo;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Lab.class)
final class BigquerySinkTest extends TableContract {
  private final PlayedSource.Running system;

  BigquerySinkTest(PlayedSource.Running system) {
    super(
        new BigqueryConnector(),
        new BigqueryConnector().sinkTypes(),
        system,
        new Observability(false, false, false));
    this.system = system;
  }

  /** The last of them counts. */
  @Override
  protected Optional<Refusal> refusalOfAKeyTwice() {
    return Optional.empty();
  }

  @Override
  protected void assertNothingIsStaged(CaseScope scope) {
    assertThat(((RestServer) system.server()).tables())
        .filteredOn(table -> table.startsWith(CaseNames.sink(scope).path("")))
        .containsExactly(CaseNames.sink(scope).path(CaseNames.TABLE));
  }

  /** The recipe of its container calls it so; under another name it would be a stand-in. */
  @Test
  void whatPlaysBigqueryIsMarkedAsSuch() {
    assertThat(system.info())
        .isEqualTo(
            new SystemInfo(
                BigqueryTypes.FAMILY, "BigQuery emulator", "v2", EvidenceLevel.CONTAINER));
  }
}
