package io.plumbline.connector.tck;

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
import io.plumbline.matrix.dataset.RowClass;
import io.plumbline.matrix.registry.Strategy;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.apiguardian.api.API;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A source gives every value as declared, and each read exactly the rows that it promises. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public abstract class SourceContract extends SystemContract {
  private static final int ROWS = 200;
  private static final ReadRequest SNAPSHOT = new ReadRequest.Snapshot(Continuation.NONE);

  private final int rows;
  private final Dataset dataset;

  /** Tests of a system that runs. */
  protected SourceContract(Connector connector, RunningSystem system) {
    this(connector, system, ROWS);
  }

  /**
   * Tests of a system that runs.
   *
   * @param rows of its base, where something happens to a system that has more of them
   */
  protected SourceContract(Connector connector, RunningSystem system, int rows) {
    super(connector, system);
    this.rows = rows;
    this.dataset = new Dataset(Cases.volume(rows));
  }

  /** A way to read all rows. */
  enum Way {
    SNAPSHOT(Op.SNAPSHOT),
    SLICES(Op.UPDATE);

    private final Op op;

    Way(Op op) {
      this.op = op;
    }

    private ReadRequest request(List<LocalDate> dates) {
      return this == SNAPSHOT ? SourceContract.SNAPSHOT : new ReadRequest.Slices(dates);
    }
  }

  /**
   * What a read gave.
   *
   * @param position where the next one goes on
   */
  public record Result(List<ReadRow> rows, Position position) {
    /** The rows' keys, in the order of the rows. */
    public List<Long> keys() {
      return rows.stream().map(ReadRow::key).toList();
    }
  }

  /** Reads all that is asked for. */
  protected static Result read(Source source, ReadRequest request) {
    try (Extraction extraction = source.reader().open(request)) {
      List<ReadRow> rows = ReadRow.all(extraction);
      return new Result(rows, extraction.position());
    }
  }

  /** The volume. */
  protected final Dataset dataset() {
    return dataset;
  }

  /** The case that reads it. */
  protected final CaseScope scope() {
    return sourceScope(Strategy.INCREMENTAL_MERGE, dataset);
  }

  /** Its source, which has no rows yet. */
  protected final Source source() {
    return system().openSource(scope());
  }

  final ChangeSet changes(ChangeSet.Deletes deletes, ChangeSet.Part part) {
    return new ChangeSet(dataset, deletes, part);
  }

  final ChangeSet changes(ChangeSet.Deletes deletes) {
    return changes(deletes, ChangeSet.Part.ALL);
  }

  /** The keys of the documented volume but for a class of them. */
  final List<Long> keysWithout(RowClass rowClass) {
    return LongStream.rangeClosed(1, dataset.maxKey())
        .filter(key -> dataset.classOf(key) != rowClass)
        .boxed()
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  final void everyValueOfEveryTypeIsCarriedAsDeclared(Way way) {
    Dataset whole = new Dataset(Cases.volume(AllValues.ROWS));
    CaseScope all = sourceScope(Strategy.FULL_REFRESH, whole);
    List<LocalDate> dates =
        LongStream.rangeClosed(1, AllValues.ROWS).mapToObj(whole::dateOf).distinct().toList();
    AllValues values = new AllValues(all);
    try (Source source = system().openSource(all)) {
      source.fixture().seed();
      List<ReadRow> rows = read(source, way.request(dates)).rows();
      assertThat(rows).hasSize(AllValues.ROWS);
      assertThat(rows).extracting(ReadRow::op).containsOnly(way.op);
      rows.forEach(row -> values.carried(row.cells(), 1));
    }
    values.assertAll();
  }

  @Test
  final void aSnapshotHoldsTheLastVersionOfEachKeyThatIsThere() {
    try (Source source = source()) {
      source.fixture().seed();
      assertThat(read(source, SNAPSHOT).keys())
          .containsExactlyInAnyOrderElementsOf(keysWithout(RowClass.INSERTED));
      try (PendingChanges held = source.fixture().begin(changes(ChangeSet.Deletes.PHYSICAL))) {
        List<ReadRow> before = read(source, SNAPSHOT).rows();
        assertThat(before).as("held back").hasSize(rows);
        assertThat(before).extracting(row -> row.cells()[Column.VERSION]).containsOnly(1L);
        held.commit();
      }
      Result after = read(source, SNAPSHOT);
      assertThat(after.keys()).containsExactlyInAnyOrderElementsOf(keysWithout(RowClass.DELETED));
      assertCarried(after, 2);
    }
  }

  private void assertCarried(Result result, int version) {
    SoftAssertions differences = new SoftAssertions();
    for (ReadRow row : result.rows()) {
      Object[] carried = DeclaredValues.carried(scope(), dataset.row(row.key(), version));
      DeclaredValues.assertRow(differences, scope(), row.cells(), carried);
    }
    differences.assertAll();
  }

  @Test
  final void slicesHoldTheRowsOfTheirDatesAndNoOther() {
    try (Source source = source()) {
      source.fixture().seed();
      List<LocalDate> dates = List.of(Dataset.FIRST_CHANGED_DATE, Dataset.LAST_DATE);
      Result before = read(source, new ReadRequest.Slices(dates));
      assertThat(before.rows()).extracting(ReadRow::op).containsOnly(Op.UPDATE);
      assertThat(before.keys())
          .containsExactlyInAnyOrderElementsOf(keysOf(dates, RowClass.INSERTED));
      assertCarried(before, 1);
      assertThat(read(source, new ReadRequest.Slices(List.of())).rows()).isEmpty();

      source.fixture().apply(changes(ChangeSet.Deletes.PHYSICAL));
      for (List<LocalDate> days : List.of(dates, List.copyOf(dataset.touchedDates()))) {
        Result after = read(source, new ReadRequest.Slices(days));
        assertThat(after.keys())
            .containsExactlyInAnyOrderElementsOf(keysOf(days, RowClass.DELETED));
        assertCarried(after, 2);
      }
    }
  }

  private List<Long> keysOf(List<LocalDate> dates, RowClass without) {
    return keysWithout(without).stream()
        .filter(key -> dates.contains(dataset.dateOf(key)))
        .toList();
  }

  @Test
  final void theCursorGoesOnAfterItsPosition() {
    try (Source source = source()) {
      source.fixture().seed();
      Result first = read(source, new ReadRequest.Snapshot(Continuation.ROWS_AFTER));
      assertThat(first.rows()).extracting(ReadRow::op).containsOnly(Op.SNAPSHOT);
      assertThat(read(source, new ReadRequest.RowsAfter(first.position())).rows()).isEmpty();
      source.fixture().apply(changes(ChangeSet.Deletes.SOFT));
      Result second = read(source, new ReadRequest.RowsAfter(first.position()));
      Result third = read(source, new ReadRequest.RowsAfter(second.position()));

      assertThat(second.keys()).containsExactlyInAnyOrderElementsOf(keysWithout(RowClass.STABLE));
      assertThat(second.rows()).extracting(ReadRow::op).containsOnly(Op.UPDATE);
      assertThat(second.rows()).extracting(row -> row.cells()[Column.VERSION]).containsOnly(2L);
      assertThat(third.rows()).isEmpty();
      assertThat(third.position()).isEqualTo(second.position());
    }
  }

  @Test
  final void whatHappensDuringASnapshotIsReadAfterIt() {
    try (Source source = source()) {
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
        List<ReadRow> rows = ReadRow.all(extraction);
        rows.add(new ReadRow(first.op(0), first.row(0)));
        rows.sort(Comparator.comparing(ReadRow::key));
        assertThat(rows)
            .extracting(ReadRow::key)
            .containsExactlyElementsOf(keysWithout(RowClass.INSERTED));
        assertThat(rows).extracting(row -> row.cells()[Column.VERSION]).containsOnly(1L);

        Result after = read(source, new ReadRequest.RowsAfter(extraction.position()));
        assertThat(after.keys())
            .containsExactlyInAnyOrderElementsOf(
                keysWithout(RowClass.STABLE).stream()
                    .filter(key -> dataset.classOf(key) != RowClass.DELETED)
                    .toList());
        assertThat(after.rows()).extracting(row -> row.cells()[Column.VERSION]).containsOnly(2L);
      }
    }
  }

  @Test
  final void aReadThatIsLeftInTheMiddleDisturbsNobody() {
    try (Source source = source()) {
      source.fixture().seed();
      try (Extraction left = source.reader().open(SNAPSHOT)) {
        left.read(new RowBatch(1));
        assertThat(read(source, SNAPSHOT).rows()).hasSize(rows);
      }
    }
  }

  @Test
  final void changesThatWereNotCommittedAreRolledBack() {
    try (Source source = source()) {
      source.fixture().seed();
      List<PartitionFingerprint> before = source.reader().partitions();
      source.fixture().begin(changes(ChangeSet.Deletes.PHYSICAL)).close();
      assertThat(source.reader().partitions()).isEqualTo(before);
      assertThat(read(source, SNAPSHOT).rows())
          .hasSize(rows)
          .extracting(row -> row.cells()[Column.VERSION])
          .containsOnly(1L);
    }
  }

  @Test
  final void onlyTouchedPartitionsChangeTheirFingerprints() {
    try (Source source = source()) {
      source.fixture().seed();
      List<PartitionFingerprint> before = source.reader().partitions();
      assertThat(source.reader().partitions()).isEqualTo(before);
      source.fixture().apply(changes(ChangeSet.Deletes.PHYSICAL));
      List<PartitionFingerprint> after = source.reader().partitions();

      assertThat(source.reader().partitions()).isEqualTo(after);
      Set<LocalDate> touched = dataset.touchedDates();
      assertThat(after)
          .filteredOn(p -> !before.contains(p))
          .extracting(PartitionFingerprint::date)
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(touched);
    }
  }
}
