package io.plumbline.matrix.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.oracle.CheckResult.Outcome;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.Strategy;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CaseVerifierTest {
  private static final LocalDateTime NOW = LocalDateTime.of(2026, 6, 4, 0, 0);
  private static final Evidence EVIDENCE =
      new Evidence(List.of(), List.of(), 0, 0, List.of(), "", 0);
  private final Dataset dataset =
      new Dataset(new Volume(50, new BigDecimal("0.2"), BigDecimal.ZERO, 12, 7));
  private final PairOracle pair =
      new Oracle(dataset)
          .pair(ColumnContract.of(dataset.columns(), exact(Role.SOURCE), exact(Role.SINK)));

  @Test
  void theDocumentedRowsPassEveryCheckOfTheContent() {
    List<CheckResult> checks = verify(new Table(key -> true, true, Optional.of(inserts(50))));

    assertThat(outcome(checks, Check.CONTENT)).isEqualTo(Outcome.PASS);
    assertThat(outcome(checks, Check.ROW_COUNT)).isEqualTo(Outcome.PASS);
    assertThat(outcome(checks, Check.CONTENT_CHECKSUM)).isEqualTo(Outcome.PASS);
    assertThat(outcome(checks, Check.ADDEND_SUM)).isEqualTo(Outcome.PASS);
    assertThat(outcome(checks, Check.OPERATION_COUNTS)).isEqualTo(Outcome.PASS);
  }

  @Test
  void anEmptyTargetIsNeverPassed() {
    List<CheckResult> checks = verify(new Table(key -> false, true, Optional.of(inserts(50))));

    assertThat(outcome(checks, Check.CONTENT)).isEqualTo(Outcome.UNKNOWN);
    assertThat(outcome(checks, Check.NULL_IS_NOT_EMPTY)).isEqualTo(Outcome.UNKNOWN);
    assertThat(outcome(checks, Check.ROW_COUNT)).isEqualTo(Outcome.FAIL);
    assertThat(outcome(checks, Check.CONTENT_CHECKSUM)).isEqualTo(Outcome.FAIL);
  }

  @Test
  void aMissingRowIsMissed() {
    List<CheckResult> checks = verify(new Table(key -> key != 23, true, Optional.of(inserts(50))));

    assertThat(outcome(checks, Check.ROW_COUNT)).isEqualTo(Outcome.FAIL);
    assertThat(outcome(checks, Check.CONTENT)).isEqualTo(Outcome.FAIL);
    assertThat(outcome(checks, Check.CONTENT_CHECKSUM)).isEqualTo(Outcome.FAIL);
    assertThat(outcome(checks, Check.ADDEND_SUM)).isEqualTo(Outcome.FAIL);
  }

  @Test
  void countsThatASystemKeepsButDoesNotTellAreUnknown() {
    List<CheckResult> checks = verify(new Table(key -> true, true, Optional.empty()));

    assertThat(outcome(checks, Check.OPERATION_COUNTS)).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void countsThatASystemDoesNotKeepAreNotObservable() {
    List<CheckResult> checks = verify(new Table(key -> true, false, Optional.empty()));

    assertThat(outcome(checks, Check.OPERATION_COUNTS)).isEqualTo(Outcome.NOT_OBSERVABLE);
  }

  private List<CheckResult> verify(Table table) {
    return pair.verifier(
            new CaseId(new Family("a"), new Family("b"), Strategy.FULL_REFRESH),
            NOW,
            NOW.plusDays(1))
        .verify(Round.FIRST, table, EVIDENCE)
        .checks();
  }

  private static Target.OperationCounts inserts(long rows) {
    return new Target.OperationCounts(0, rows, 0, 0);
  }

  private static Outcome outcome(List<CheckResult> checks, Check check) {
    return checks.stream().filter(c -> c.check() == check).findFirst().orElseThrow().outcome();
  }

  private static TypeMapping exact(Role role) {
    TypeMapping.Builder types = TypeMapping.of(new Family("plain"), role);
    for (LogicalType type : LogicalType.values()) {
      types.exact(type, type.id());
    }
    return types.build();
  }

  /** The base rows of the keys that it has. */
  private final class Table implements Target {
    private final LongPredicate has;
    private final boolean counts;
    private final Optional<OperationCounts> operations;

    private Table(LongPredicate has, boolean counts, Optional<OperationCounts> operations) {
      this.has = has;
      this.counts = counts;
      this.operations = operations;
    }

    @Override
    public List<String> columns() {
      return dataset.columns().stream().map(Column::name).toList();
    }

    @Override
    public void rows(RowVisitor visitor) {
      LongStream.rangeClosed(1, 50)
          .filter(has)
          .forEach(key -> visitor.row(dataset.row(key, 1).clone(), key, null, null, false));
    }

    @Override
    public boolean rowTokens() {
      return false;
    }

    @Override
    public boolean operationCounts() {
      return counts;
    }

    @Override
    public Optional<OperationCounts> operations() {
      return operations;
    }

    @Override
    public boolean log() {
      return false;
    }

    @Override
    public void events(long fromOffset, EventVisitor visitor) {}

    @Override
    public long endOffset() {
      return 0;
    }
  }
}
