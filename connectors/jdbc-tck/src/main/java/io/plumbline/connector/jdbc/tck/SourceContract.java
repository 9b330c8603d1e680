package io.plumbline.connector.jdbc.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Fixture.PendingChanges;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.PartitionFingerprint;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.ReadRequest.Continuation;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.dataset.ChangeSet;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.registry.Strategy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.apiguardian.api.API;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** A source gives every value as declared, and each read exactly the rows that it promises. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public abstract class SourceContract extends SystemContract {
  /** So many that every value of every type is among the cells. */
  private static final long ROWS_OF_ALL_VALUES = 10_000;

  private final Dataset dataset = new Dataset(volume(200));
  private final CaseScope scope;

  /** Tests of a system that runs. */
  protected SourceContract(Connector connector, RunningSystem system) {
    super(connector, system);
    this.scope = sourceScope(connector, Strategy.INCREMENTAL_MERGE, dataset);
  }

  private record Result(List<Read> rows, Position position) {
    List<Long> keys() {
      return rows.stream().map(Read::key).toList();
    }
  }

  private static Result read(Source source, ReadRequest request) {
    try (Extraction extraction = source.reader().open(request)) {
      List<Read> rows = readAll(extraction);
      return new Result(rows, extraction.position());
    }
  }

  private ChangeSet changes(ChangeSet.Deletes deletes, ChangeSet.Part part) {
    return new ChangeSet(dataset, deletes, part);
  }

  @Test
  final void everyValueOfEveryTypeIsCarriedAsDeclared() {
    Dataset whole = new Dataset(volume(ROWS_OF_ALL_VALUES));
    CaseScope all = sourceScope(connector(), Strategy.FULL_REFRESH, whole);
    SoftAssertions differences = new SoftAssertions();
    Map<LogicalType, Set<Object>> seen = new EnumMap<>(LogicalType.class);
    try (Source source = system().openSource(all)) {
      source.fixture().seed();
      List<Read> rows = read(source, new ReadRequest.Snapshot(Continuation.NONE)).rows();
      assertThat(rows).hasSize((int) ROWS_OF_ALL_VALUES);
      for (Read read : rows) {
        Object[] base = whole.row(read.key(), 1);
        DeclaredValues.assertRow(differences, all, read.row(), DeclaredValues.carried(all, base));
        for (Column column : whole.columns()) {
          if (base[column.index()] != null) {
            seen.computeIfAbsent(column.type(), t -> new HashSet<>()).add(base[column.index()]);
          }
        }
        if (differences.assertionErrorsCollected().size() > 50) {
          break;
        }
      }
    }
    differences.assertAll();
    for (Column column : whole.columns().subList(Column.FIRST_WIDE, whole.columns().size())) {
      assertThat(seen.get(column.type()))
          .as("values of " + column.name())
          .containsAll(whole.domain(column));
    }
  }

  @Test
  final void slicesGiveTheSameValuesAsASnapshot() {
    try (Source source = system().openSource(scope)) {
      source.fixture().seed();
      List<LocalDate> dates = List.of(Dataset.FIRST_CHANGED_DATE, Dataset.LAST_DATE);
      List<Read> rows = read(source, new ReadRequest.Slices(dates)).rows();
      assertThat(rows).extracting(Read::op).containsOnly(Op.UPDATE);
      assertThat(rows)
          .extracting(Read::key)
          .containsExactlyInAnyOrderElementsOf(
              LongStream.rangeClosed(1, 200)
                  .filter(key -> dates.contains(dataset.dateOf(key)))
                  .boxed()
                  .toList());
      SoftAssertions differences = new SoftAssertions();
      for (Read read : rows) {
        DeclaredValues.assertRow(
            differences,
            scope,
            read.row(),
            DeclaredValues.carried(scope, dataset.row(read.key(), 1)));
      }
      differences.assertAll();
      assertThat(read(source, new ReadRequest.Slices(List.of())).rows()).isEmpty();
    }
  }

  @Test
  final void theCursorGoesOnAfterItsPosition() {
    try (Source source = system().openSource(scope)) {
      source.fixture().seed();
      Result first = read(source, new ReadRequest.Snapshot(Continuation.ROWS_AFTER));
      assertThat(first.rows()).extracting(Read::op).containsOnly(Op.SNAPSHOT);
      assertThat(read(source, new ReadRequest.RowsAfter(first.position())).rows()).isEmpty();
      ChangeSet changes = changes(ChangeSet.Deletes.SOFT, ChangeSet.Part.ALL);
      source.fixture().apply(changes);
      Result second = read(source, new ReadRequest.RowsAfter(first.position()));
      Result third = read(source, new ReadRequest.RowsAfter(second.position()));

      List<Long> changed = new ArrayList<>();
      changes.forEach((kind, key, row) -> changed.add(key));
      assertThat(second.keys()).containsExactlyInAnyOrderElementsOf(changed);
      assertThat(third.rows()).isEmpty();
      assertThat(third.position()).isEqualTo(second.position());
    }
  }

  @Test
  final void aSnapshotSeesNothingThatHappensAfterItBegan() {
    try (Source source = system().openSource(scope)) {
      source.fixture().seed();
      ReadRequest request = new ReadRequest.Snapshot(Continuation.ROWS_AFTER);
      try (PendingChanges open =
              source
                  .fixture()
                  .begin(changes(ChangeSet.Deletes.PHYSICAL, ChangeSet.Part.IN_FLIGHT));
          Extraction extraction = source.reader().open(request)) {
        RowBatch first = new RowBatch(1);
        assertThat(extraction.read(first)).isTrue();
        open.commit();
        source.fixture().apply(changes(ChangeSet.Deletes.PHYSICAL, ChangeSet.Part.REST));
        List<Read> rows = readAll(extraction);
        rows.add(new Read(first.op(0), first.row(0)));
        rows.sort(Comparator.comparing(Read::key));
        assertThat(rows)
            .extracting(Read::key)
            .containsExactlyElementsOf(LongStream.rangeClosed(1, 200).boxed().toList());
        assertThat(rows).extracting(read -> read.row()[Column.VERSION]).containsOnly(1L);
      }
    }
  }

  @Test
  final void changesThatWereNotCommittedAreRolledBack() {
    try (Source source = system().openSource(scope)) {
      source.fixture().seed();
      List<PartitionFingerprint> before = source.reader().partitions();
      source.fixture().begin(changes(ChangeSet.Deletes.PHYSICAL, ChangeSet.Part.ALL)).close();
      assertThat(source.reader().partitions()).isEqualTo(before);
    }
  }

  @Test
  final void onlyTouchedPartitionsChangeTheirFingerprints() {
    try (Source source = system().openSource(scope)) {
      source.fixture().seed();
      List<PartitionFingerprint> before = source.reader().partitions();
      source.fixture().apply(changes(ChangeSet.Deletes.PHYSICAL, ChangeSet.Part.ALL));
      List<PartitionFingerprint> after = source.reader().partitions();

      assertThat(source.reader().partitions()).isEqualTo(after);
      assertThat(after)
          .filteredOn(p -> !before.contains(p))
          .extracting(PartitionFingerprint::date)
          .isNotEmpty()
          .isSubsetOf(Dataset.changedDates());
    }
  }
}
