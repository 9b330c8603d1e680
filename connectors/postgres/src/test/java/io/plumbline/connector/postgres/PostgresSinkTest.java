package io.plumbline.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.connector.tck.TableContract;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Inspector.Observability;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Postgres.class)
final class PostgresSinkTest extends TableContract {
  private final PostgresSystem system;

  PostgresSinkTest(PostgresSystem system) {
    super(
        new PostgresConnector(),
        new PostgresConnector().sinkTypes(),
        system,
        new Observability(true, true, false));
    this.system = system;
  }

  @Override
  protected Optional<Refusal> refusalOfAKeyTwice() {
    return Optional.of(new Refusal(PostgresException.class, "(id)=(1)"));
  }

  @Override
  protected void assertNothingIsStaged(CaseScope scope) {
    assertThat(
            Postgres.count(
                system,
                "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relname LIKE 'next%'"))
        .isZero();
  }
}
