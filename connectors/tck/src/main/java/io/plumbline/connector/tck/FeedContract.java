package io.plumbline.connector.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.ReadRequest.Continuation;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.dataset.ChangeSet;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.RowClass;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;

/** A source whose cursor reads a feed of changes: of each key its last image up to a fixed end. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public abstract class FeedContract extends SourceContract {

  /** Tests of a system that runs. */
  protected FeedContract(Connector connector, RunningSystem system) {
    super(connector, system);
  }

  /**
   * Tests of a system that runs.
   *
   * @param rows of its base, where something happens to a system that has more of them
   */
  protected FeedContract(Connector connector, RunningSystem system, int rows) {
    super(connector, system, rows);
  }

  @Test
  final void aReadIsBoundedByWhatWasThereWhenItBegan() {
    try (Source source = source()) {
      source.fixture().seed();
      Position position = seeded(source);
      source.reader().acknowledge(position);
      source.fixture().apply(changes(ChangeSet.Deletes.SOFT));
      source.fixture().apply(changes(ChangeSet.Deletes.SOFT));
      try (Extraction after = source.reader().open(new ReadRequest.RowsAfter(position))) {
        // In it each key changes again: only its last image of before is a row.
        source.fixture().apply(changes(ChangeSet.Deletes.PHYSICAL));
        assertThat(ReadRow.all(after))
            .allMatch(row -> row.op() == Op.UPDATE && row.cells()[Column.VERSION].equals(2L))
            .extracting(ReadRow::key)
            .containsExactlyInAnyOrderElementsOf(keysWithout(RowClass.STABLE));
        position = after.position();
      }
      source.fixture().apply(changes(ChangeSet.Deletes.SOFT));
      Result again = read(source, new ReadRequest.RowsAfter(position));
      assertThat(again.keys()).containsExactlyInAnyOrderElementsOf(keysWithout(RowClass.STABLE));
      assertThat(read(source, new ReadRequest.RowsAfter(again.position())).rows()).isEmpty();
    }
  }

  @Test
  final void aKeyThatIsGoneAtTheEndIsNoRowAfterACursor() {
    try (Source source = source()) {
      source.fixture().seed();
      Position position = seeded(source);
      source.fixture().apply(changes(ChangeSet.Deletes.SOFT));
      source.fixture().apply(changes(ChangeSet.Deletes.PHYSICAL));
      assertThat(read(source, new ReadRequest.RowsAfter(position)).keys())
          .containsExactlyInAnyOrderElementsOf(
              keysWithout(RowClass.STABLE).stream()
                  .filter(key -> dataset().classOf(key) != RowClass.DELETED)
                  .toList());
    }
  }

  private static Position seeded(Source source) {
    return read(source, new ReadRequest.Snapshot(Continuation.ROWS_AFTER)).position();
  }
}
