package io.plumbline.connector.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.ReadRequest.Continuation;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.dataset.ChangeSet;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.RowClass;
import io.plumbline.matrix.memory.MemorySystem;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a reader of pages does, in the model of mock_contract and over HTTP: the same. */
final class ReadingTest {
  private static final int ROWS = 1_300;

  private enum On {
    MODEL,
    SERVER
  }

  private final Dataset dataset = Api.dataset(ROWS);

  private RunningSystem system(On on) {
    return on == On.MODEL
        ? new MemorySystem(new ApiConnector())
        : new ApiSystem(FixtureApi.start(Faults.nowAndThen(1)), new Api.Time().retry());
  }

  @ParameterizedTest
  @EnumSource(On.class)
  void aSnapshotIsTheStateOfTheMomentItBegan(On on) {
    try (RunningSystem system = system(on);
        Source source = system.openSource(Api.scope(dataset))) {
      source.fixture().seed();
      try (Extraction snapshot = open(source, new ReadRequest.Snapshot(Continuation.NONE))) {
        source.fixture().apply(changes(ChangeSet.Deletes.PHYSICAL));
        assertThat(versions(snapshot, Op.SNAPSHOT)).hasSize(ROWS).doesNotContainValue(2L);
      }
      try (Extraction snapshot = open(source, new ReadRequest.Snapshot(Continuation.NONE))) {
        assertThat(versions(snapshot, Op.SNAPSHOT)).isEqualTo(changedRows());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(On.class)
  void rowsAfterAPositionAreTheLastImagesOfWhatChanged(On on) {
    try (RunningSystem system = system(on);
        Source source = system.openSource(Api.scope(dataset))) {
      source.fixture().seed();
      Position position;
      try (Extraction snapshot = open(source, new ReadRequest.Snapshot(Continuation.ROWS_AFTER))) {
        versions(snapshot, Op.SNAPSHOT);
        position = snapshot.position();
      }
      source.fixture().apply(changes(ChangeSet.Deletes.SOFT));
      source.fixture().apply(changes(ChangeSet.Deletes.SOFT));
      try (Extraction after = open(source, new ReadRequest.RowsAfter(position))) {
        source.fixture().apply(changes(ChangeSet.Deletes.PHYSICAL));
        assertThat(versions(after, Op.UPDATE).values())
            .hasSize((int) dataset.volume().changed())
            .containsOnly(2L);
        position = after.position();
      }
      try (Extraction after = open(source, new ReadRequest.RowsAfter(position))) {
        assertThat(versions(after, Op.UPDATE))
            .hasSize((int) (dataset.volume().updated() + dataset.volume().inserted()));
        position = after.position();
      }
      try (Extraction after = open(source, new ReadRequest.RowsAfter(position))) {
        assertThat(versions(after, Op.UPDATE)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(On.class)
  void slicesHoldTheRowsOfTheirDatesAndNoOther(On on) {
    try (RunningSystem system = system(on);
        Source source = system.openSource(Api.scope(dataset))) {
      source.fixture().seed();
      source.fixture().apply(changes(ChangeSet.Deletes.PHYSICAL));
      for (List<LocalDate> dates :
          List.of(List.<LocalDate>of(), List.of(Dataset.LAST_DATE, Dataset.FIRST_CHANGED_DATE))) {
        try (Extraction slices = open(source, new ReadRequest.Slices(dates))) {
          assertThat(versions(slices, Op.UPDATE))
              .isEqualTo(
                  changedRows().entrySet().stream()
                      .filter(row -> dates.contains(dataset.dateOf(row.getKey())))
                      .collect(
                          Collectors.toMap(
                              Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new)));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(On.class)
  void onlyTouchedPartitionsHaveAnotherFingerprint(On on) {
    try (RunningSystem system = system(on);
        Source source = system.openSource(Api.scope(dataset))) {
      source.fixture().seed();
      var before = source.reader().partitions();
      assertThat(source.reader().partitions()).isEqualTo(before);
      source.fixture().apply(changes(ChangeSet.Deletes.PHYSICAL));
      var after = source.reader().partitions();
      assertThat(after.stream().filter(p -> !before.contains(p)).map(p -> p.date()))
          .containsExactlyInAnyOrderElementsOf(dataset.touchedDates());
    }
  }

  @ParameterizedTest
  @EnumSource(On.class)
  void changesThatAreNotCommittedAreNotThere(On on) {
    try (RunningSystem system = system(on);
        Source source = system.openSource(Api.scope(dataset))) {
      source.fixture().seed();
      source.fixture().begin(changes(ChangeSet.Deletes.PHYSICAL)).close();
      try (Extraction snapshot = open(source, new ReadRequest.Snapshot(Continuation.NONE))) {
        assertThat(versions(snapshot, Op.SNAPSHOT)).hasSize(ROWS).doesNotContainValue(2L);
      }
    }
  }

  @Test
  void everyValueOfEveryDomainArrives() {
    Dataset large = Api.dataset(3_000);
    try (RunningSystem system = system(On.SERVER);
        Source source = system.openSource(Api.scope(large))) {
      source.fixture().seed();
      List<Set<Object>> found =
          large.columns().stream().<Set<Object>>map(c -> new HashSet<>()).toList();
      try (Extraction snapshot = open(source, new ReadRequest.Snapshot(Continuation.NONE))) {
        for (Api.Read read : Api.readAll(snapshot)) {
          assertThat(read.row()).isEqualTo(large.row(read.key(), 1));
          for (Column column : large.columns()) {
            found.get(column.index()).add(read.row()[column.index()]);
          }
        }
      }
      for (Column column : large.columns()) {
        if (column.wide() && column.nullPercent() < 90) {
          assertThat(found.get(column.index())).as(column.name()).containsAll(large.domain(column));
        }
      }
    }
  }

  private static Extraction open(Source source, ReadRequest request) {
    return source.reader().open(request);
  }

  private ChangeSet changes(ChangeSet.Deletes deletes) {
    return new ChangeSet(dataset, deletes, ChangeSet.Part.ALL);
  }

  private static SortedMap<Long, Long> versions(Extraction extraction, Op op) {
    SortedMap<Long, Long> versions = new TreeMap<>();
    for (Api.Read read : Api.readAll(extraction)) {
      assertThat(read.op()).isEqualTo(op);
      assertThat(versions.put(read.key(), (Long) read.row()[Column.VERSION])).isNull();
    }
    return versions;
  }

  private SortedMap<Long, Long> changedRows() {
    SortedMap<Long, Long> rows = new TreeMap<>();
    for (long key = 1; key <= dataset.maxKey(); key++) {
      RowClass rowClass = dataset.classOf(key);
      if (rowClass != RowClass.DELETED) {
        rows.put(key, rowClass == RowClass.STABLE ? 1L : 2L);
      }
    }
    return rows;
  }
}
