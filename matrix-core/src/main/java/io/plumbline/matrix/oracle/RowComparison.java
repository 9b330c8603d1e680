package io.plumbline.matrix.oracle;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.RowClass;
import io.plumbline.matrix.oracle.Expectation.Versions;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The pass over what was read back: hashes every row, compares every cell with the declared image,
 * and keeps count per key class. Rows come ordered by key, so the pass holds one key at a time.
 */
final class RowComparison implements Target.RowVisitor, DeclaredRows.Differences {
  private static final int BASE = 1;
  private static final int CHANGED = 2;

  private final Dataset dataset;
  private final long maxKey;
  private final List<ColumnContract> contracts;
  private final Expectation expectation;
  private final DeclaredRows declared;
  private final @Nullable Validities validities;
  private final @Nullable Tokens before;
  private final Tokens tokens;
  private final RowHasher hasher;
  private final List<Versions> versionsByPlace;
  private final BitSet baseUntouched;
  private final BitSet changedUntouched;

  final ContentChecksum checksum = new ContentChecksum();
  final List<Difference.Cell> differences = new ArrayList<>();
  final Map<String, Long> differencesByColumn = new LinkedHashMap<>();
  long rows;
  long comparedRows;
  long differingCells;
  long missingRows;
  long extraRows;
  long duplicates;
  long foreignRows;
  long nullMismatches;
  long intervalViolations;
  long tokensCompared;
  long tokensChanged;
  BigDecimal amountSum = BigDecimal.ZERO;
  final long[] rightKeys = new long[RowClass.values().length];
  final long[] allKeys = new long[RowClass.values().length];
  long rightOutsideWindow;
  long allOutsideWindow;

  private long key = 0;
  private RowClass rowClass = RowClass.FOREIGN;
  private LocalDate date = LocalDate.MIN;
  private int place;
  private Versions versions = Versions.NONE;
  private boolean baseFound;
  private boolean changedFound;
  private boolean surplus;
  private boolean otherVersion;
  private int currentVersions;
  private @Nullable LocalDateTime lastTo;
  private int versionsSeen;

  /** When versions begin to be valid. */
  record Validities(LocalDateTime base, LocalDateTime changed) {

    /** Adds the expected validity cells of a row version. */
    void addTo(RowHasher hasher, int version, boolean open, Dataset dataset) {
      int width = dataset.columns().size();
      hasher.cell(width, version == BASE ? base : changed);
      hasher.cell(width + 1, open ? null : changed);
      hasher.cell(width + 2, open);
    }
  }

  /** Physical version tokens by key. */
  record Tokens(long[] base, long[] changed) {
    static Tokens of(Dataset dataset) {
      int size = Math.toIntExact(dataset.maxKey() + 1);
      return new Tokens(new long[size], new long[size]);
    }
  }

  RowComparison(
      Dataset dataset,
      List<ColumnContract> contracts,
      Expectation expectation,
      DeclaredRows declared,
      @Nullable Validities validities,
      @Nullable Tokens before,
      Tokens tokens,
      RowHasher hasher) {
    this.dataset = dataset;
    this.maxKey = dataset.maxKey();
    this.contracts = contracts;
    this.expectation = expectation;
    this.declared = declared;
    this.validities = validities;
    this.before = before;
    this.tokens = tokens;
    this.hasher = hasher;
    this.versionsByPlace = expectation.table(expectation::versions);
    this.baseUntouched = untouched(expectation, false);
    this.changedUntouched = untouched(expectation, true);
  }

  private static BitSet untouched(Expectation expectation, boolean changedVersion) {
    BitSet untouched = new BitSet();
    for (KeysByDay.Keys keys : KeysByDay.all()) {
      untouched.set(
          KeysByDay.place(keys.rowClass(), keys.date()),
          expectation.untouched(keys.rowClass(), keys.date(), changedVersion));
    }
    return untouched;
  }

  @Override
  public void row(
      Object[] cells,
      long token,
      @Nullable LocalDateTime from,
      @Nullable LocalDateTime to,
      boolean current) {
    rows++;
    if (cells[Column.AMOUNT] instanceof BigDecimal amount) {
      amountSum = amountSum.add(amount);
    }
    if (!(cells[Column.ID] instanceof Long id) || id < 1 || id > maxKey) {
      hasher.begin(cells, cells.length);
      addHash(from, to, current);
      foreignRows++;
      extra(cells[Column.ID] instanceof Long foreign ? foreign : 0, "a foreign key");
      return;
    }
    if (id != key) {
      moveTo(id);
    }
    int version = versionOf(cells);
    if (version == 0) {
      hasher.begin(cells, cells.length);
      addHash(from, to, current);
      surplus = true;
      duplicates++;
      extra(id, "one row too many of this key");
      return;
    }
    if (version == BASE) {
      baseFound = true;
    } else {
      changedFound = true;
    }
    declared.compare(id, version, cells, hasher, this);
    addHash(from, to, current);
    comparedRows++;
    token(token, version == CHANGED);
    if (validities != null) {
      interval(version == CHANGED, from, to, current);
    }
  }

  private void addHash(@Nullable LocalDateTime from, @Nullable LocalDateTime to, boolean current) {
    if (validities != null) {
      int width = contracts.size();
      hasher.cell(width, from);
      hasher.cell(width + 1, to);
      hasher.cell(width + 2, current);
    }
    hasher.finish(checksum);
  }

  /** Accounts for the keys after the last row. */
  void finish() {
    moveTo(maxKey + 1);
  }

  private void moveTo(long next) {
    if (next < key) {
      throw new IllegalStateException(
          "The inspector returned key %d after key %d; rows must be ordered by key."
              .formatted(next, key));
    }
    closeKey();
    for (long skipped = key + 1; skipped < next; skipped++) {
      open(skipped);
      closeKey();
    }
    key = next;
    if (next <= maxKey) {
      open(next);
    }
  }

  private void open(long opened) {
    key = opened;
    rowClass = dataset.classOf(opened);
    date = dataset.dateOf(opened);
    place = KeysByDay.place(rowClass, date);
    versions = versionsByPlace.get(place);
    baseFound = false;
    changedFound = false;
    surplus = false;
    otherVersion = false;
    currentVersions = 0;
    versionsSeen = 0;
    lastTo = null;
  }

  private void closeKey() {
    if (key == 0) {
      return;
    }
    missing(versions.base() && !baseFound, BASE);
    missing(versions.changed() && !changedFound, CHANGED);
    boolean live = expectation.atSource(rowClass) != Versions.NONE;
    boolean asCurrentAsLive = currentVersions == (live ? 1 : 0);
    boolean right =
        !surplus
            && !otherVersion
            && versions.base() == baseFound
            && versions.changed() == changedFound
            // A deleted key of a history is there, but none of its versions may be open.
            && (validities == null || asCurrentAsLive);
    int kind = kind(rowClass);
    allKeys[kind]++;
    rightKeys[kind] += right ? 1 : 0;
    if (!date.equals(Dataset.LAST_DATE)) {
      allOutsideWindow++;
      rightOutsideWindow += right ? 1 : 0;
    }
    if (validities != null && versionsSeen > 0 && !asCurrentAsLive) {
      intervalViolations++;
    }
  }

  static int kind(RowClass rowClass) {
    return switch (rowClass) {
      case STABLE -> 0;
      case UPDATED -> 1;
      case DELETED -> 2;
      case INSERTED -> 3;
      case FOREIGN -> 4;
    };
  }

  /** The expected version that a row stands for, its own word first; 0 when none is left. */
  private int versionOf(Object[] cells) {
    boolean baseFree = versions.base() && !baseFound;
    boolean changedFree = versions.changed() && !changedFound;
    boolean saysChanged = cells[Column.VERSION] instanceof Long v && v == 2;
    if (changedFree && (saysChanged || !baseFree)) {
      return CHANGED;
    }
    return baseFree ? BASE : 0;
  }

  @Override
  public void differ(int column, @Nullable Object expected, @Nullable Object actual) {
    differingCells++;
    // A row of the key is there, but as it was in another version: a stale row is no update.
    otherVersion |= column == Column.VERSION;
    if ((expected == null) != (actual == null)) {
      nullMismatches++;
    }
    String name = contracts.get(column).column().name();
    differencesByColumn.merge(name, 1L, Long::sum);
    note(new Difference.Cell(key, name, CellText.of(expected), CellText.of(actual)));
  }

  private void note(Difference.Cell cell) {
    if (differences.size() < Difference.MAX_CELLS) {
      differences.add(cell);
    }
  }

  private void missing(boolean isMissing, int version) {
    if (isMissing) {
      missingRows++;
      note(new Difference.Cell(key, "*", "version " + version, "no such row"));
    }
  }

  private void extra(long extraKey, String why) {
    extraRows++;
    note(new Difference.Cell(extraKey, "*", "no row", why));
  }

  private void token(long token, boolean changedVersion) {
    long[] now = changedVersion ? tokens.changed() : tokens.base();
    now[(int) key] = token;
    if (before == null || !(changedVersion ? changedUntouched : baseUntouched).get(place)) {
      return;
    }
    long earlier = (changedVersion ? before.changed() : before.base())[(int) key];
    if (earlier != 0) {
      tokensCompared++;
      tokensChanged += earlier == token ? 0 : 1;
    }
  }

  private void interval(
      boolean changedVersion,
      @Nullable LocalDateTime from,
      @Nullable LocalDateTime to,
      boolean current) {
    Validities valid = Objects.requireNonNull(validities);
    boolean closed =
        !changedVersion && (versions.changed() || expectation.atSource(rowClass) == Versions.NONE);
    LocalDateTime expectedFrom = changedVersion ? valid.changed() : valid.base();
    LocalDateTime expectedTo = closed ? valid.changed() : null;
    boolean touches = versionsSeen == 0 || Objects.equals(lastTo, from);
    if (!touches
        || !Objects.equals(expectedFrom, from)
        || !Objects.equals(expectedTo, to)
        || current == closed) {
      intervalViolations++;
    }
    lastTo = to;
    versionsSeen++;
    currentVersions += current ? 1 : 0;
  }
}
