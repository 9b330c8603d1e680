package io.plumbline.connector.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.plumbline.connector.json.JsonRowReader;
import io.plumbline.connector.json.LongTable;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.PartitionFingerprint;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.SourceReader;
import io.plumbline.matrix.dataset.Column;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The mover's side of a source. Every page of a read belongs to the state of one moment: the first
 * page names the last change that it sees, and the others are asked for as of that one. Pages are
 * checked, because a server may repeat or miss rows: ids ascend and are as many as announced, and
 * the changes of a feed have consecutive numbers.
 */
final class ApiReader implements SourceReader {
  private static final String SEQUENCE = "sequence";
  private static final int PAGE_ROWS = 500;

  private final ApiClient client;
  private final String collection;
  private final CaseScope scope;
  private @Nullable Known known;

  /** Fingerprints that the server once gave, and how it named that state. */
  private record Known(String etag, List<PartitionFingerprint> partitions) {}

  /** An item of the feed; the row is null when there is none or it was not asked for. */
  private record Change(long sequence, long id, boolean deleted, Object @Nullable [] row) {}

  /**
   * A reader of a collection.
   *
   * @param collection its path
   */
  ApiReader(ApiClient client, String collection, CaseScope scope) {
    this.client = client;
    this.collection = collection;
    this.scope = scope;
  }

  @Override
  public Extraction open(ReadRequest request) {
    if (request instanceof ReadRequest.Snapshot) {
      return new Rows(Op.SNAPSHOT, "");
    }
    if (request instanceof ReadRequest.Slices slices) {
      return new Rows(
          Op.UPDATE,
          "&business_date="
              + slices.dates().stream().map(LocalDate::toString).collect(Collectors.joining(",")));
    }
    if (request instanceof ReadRequest.RowsAfter after) {
      return new Changes(Long.parseLong(after.from().require(SEQUENCE)));
    }
    throw new ApiException("A collection cannot be read as %s.".formatted(request));
  }

  private static Position position(long sequence) {
    return Position.of(Map.of(SEQUENCE, Long.toString(sequence)));
  }

  /** Pages of the collection, by id. */
  private final class Rows implements Extraction {
    private final JsonRowReader reader = new JsonRowReader(scope.columns());
    private final Op op;
    private final String filter;
    private Page<Object[]> page;
    private Iterator<Object[]> rows;
    private long lastId = Long.MIN_VALUE;
    private long seen;

    Rows(Op op, String filter) {
      this.op = op;
      this.filter = filter;
      this.page = fetch("");
      this.rows = page.items().iterator();
    }

    private Page<Object[]> fetch(String where) {
      return client.get(
          "%s?limit=%d%s%s".formatted(collection, PAGE_ROWS, filter, where),
          body -> Page.read(body, reader::read));
    }

    @Override
    public boolean read(RowBatch batch) {
      batch.clear();
      while (!batch.full() && more()) {
        Object[] row = rows.next();
        long id = (Long) row[Column.ID];
        if (id <= lastId) {
          throw new ApiException(
              "%s gave id %d after %d; ids must ascend over all pages."
                  .formatted(collection, id, lastId));
        }
        lastId = id;
        seen++;
        batch.add(op, row);
      }
      return batch.size() > 0;
    }

    private boolean more() {
      while (!rows.hasNext()) {
        String next = page.next();
        if (next == null) {
          if (seen != page.total()) {
            throw new ApiException(
                "%s announced %d rows and gave %d.".formatted(collection, page.total(), seen));
          }
          return false;
        }
        Page<Object[]> following = fetch("&as_of=%d&after=%s".formatted(page.sequence(), next));
        if (following.sequence() != page.sequence() || following.total() != page.total()) {
          throw new ApiException(
              "%s changed its mind between two pages: change %d of %d rows, then %d of %d."
                  .formatted(
                      collection,
                      page.sequence(),
                      page.total(),
                      following.sequence(),
                      following.total()));
        }
        page = following;
        rows = page.items().iterator();
      }
      return true;
    }

    @Override
    public Position position() {
      return ApiReader.position(page.sequence());
    }

    @Override
    public void close() {
      rows = Collections.emptyIterator();
    }
  }

  /**
   * The rows that changed, each with its last image: the feed is read once without rows, to learn
   * the last change of each id, and once with them.
   */
  private final class Changes implements Extraction {
    private final JsonRowReader reader = new JsonRowReader(scope.columns());
    private final LongTable last = new LongTable();
    private final long end;
    private final Feed feed;

    Changes(long from) {
      Feed numbers = new Feed(from, OptionalLong.empty(), false);
      for (Change change = numbers.next(); change != null; change = numbers.next()) {
        last.put(change.id(), change.sequence());
      }
      this.end = numbers.end();
      this.feed = new Feed(from, OptionalLong.of(end), true);
    }

    @Override
    public boolean read(RowBatch batch) {
      batch.clear();
      while (!batch.full()) {
        Change change = feed.next();
        if (change == null) {
          break;
        }
        if (!change.deleted() && last.get(change.id(), -1) == change.sequence()) {
          batch.add(Op.UPDATE, row(change));
        }
      }
      return batch.size() > 0;
    }

    private Object[] row(Change change) {
      Object[] row = change.row();
      if (row == null) {
        throw new ApiException(
            "Change %d of %s has no row.".formatted(change.sequence(), collection));
      }
      return row;
    }

    @Override
    public Position position() {
      return ApiReader.position(end);
    }

    @Override
    public void close() {
      last.clear();
    }

    /** Pages of the feed. */
    private final class Feed {
      private final boolean withRows;
      private Page<Change> page;
      private Iterator<Change> changes;
      private long previous;

      Feed(long from, OptionalLong until, boolean withRows) {
        this.withRows = withRows;
        this.previous = from;
        this.page = fetch(from, until);
        this.changes = page.items().iterator();
      }

      private Page<Change> fetch(long after, OptionalLong until) {
        return client.get(
            "%s/changes?limit=%d&rows=%s&after=%d%s"
                .formatted(
                    collection,
                    PAGE_ROWS,
                    withRows,
                    after,
                    until.isPresent() ? "&until=" + until.getAsLong() : ""),
            body -> Page.read(body, parser -> change(parser, reader)));
      }

      long end() {
        return page.sequence();
      }

      @Nullable Change next() {
        while (!changes.hasNext()) {
          String next = page.next();
          if (next == null) {
            if (previous != page.sequence()) {
              throw outOfSequence(page.sequence());
            }
            return null;
          }
          page = fetch(previous, OptionalLong.of(page.sequence()));
          changes = page.items().iterator();
        }
        Change change = changes.next();
        if (change.sequence() != previous + 1) {
          throw outOfSequence(change.sequence());
        }
        previous = change.sequence();
        return change;
      }

      private ApiException outOfSequence(long sequence) {
        return new ApiException(
            "%s/changes gave change %d after %d; changes must be consecutive."
                .formatted(collection, sequence, previous));
      }
    }
  }

  private static Change change(JsonParser parser, JsonRowReader reader) throws IOException {
    long sequence = 0;
    long id = 0;
    boolean deleted = false;
    Object[] row = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      switch (name) {
        case "sequence" -> sequence = parser.getLongValue();
        case "id" -> id = Long.parseLong(parser.getText());
        case "op" -> deleted = parser.getText().equals("delete");
        case "row" -> row = token == JsonToken.VALUE_NULL ? null : reader.read(parser);
        default -> parser.skipChildren();
      }
    }
    return new Change(sequence, id, deleted, row);
  }

  @Override
  public List<PartitionFingerprint> partitions() {
    Known before = known;
    Optional<ApiClient.Answer<Page<PartitionFingerprint>>> answer =
        client.get(
            collection + "/partitions",
            before == null ? null : before.etag(),
            body -> Page.read(body, ApiReader::partition));
    if (answer.isPresent()) {
      before = new Known(answer.get().etag(), answer.get().body().items());
      known = before.etag().isEmpty() ? null : before;
    }
    return before == null ? List.of() : before.partitions();
  }

  private static PartitionFingerprint partition(JsonParser parser) throws IOException {
    String date = "";
    String fingerprint = "";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "business_date" -> date = parser.getText();
        case "fingerprint" -> fingerprint = parser.getText();
        default -> parser.skipChildren();
      }
    }
    return new PartitionFingerprint(LocalDate.parse(date), fingerprint);
  }
}
