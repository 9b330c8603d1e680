package io.plumbline.matrix.dataset;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The documented volume as a pure function: cell = f(seed, column, key, version).
 *
 * <p>The idea of a row as a function of a counter is NoSQLBench's. Rows are arrays of canonical
 * values indexed by {@link Column#index()}; {@code null} is NULL. They are shared: nobody may
 * change one. Small volumes are kept in memory after their first use, because the same base serves
 * every case of a run; of middling ones only what a row is made of; large ones are computed at each
 * call.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class Dataset {
  /** First day of the base. */
  public static final LocalDate FIRST_DATE = LocalDate.of(2026, 5, 5);

  /** First of the three days on which changed rows lie. */
  public static final LocalDate FIRST_CHANGED_DATE = LocalDate.of(2026, 6, 1);

  /** Last day of base and changes; the window of {@code replace}. */
  public static final LocalDate LAST_DATE = LocalDate.of(2026, 6, 3);

  /** Stands for NULL among the choices of a row. */
  public static final int NULL_CHOICE = -1;

  private static final int DAYS = 30;
  private static final int CHANGED_DAYS = 3;
  private static final int MAX_TICKS = 2_500;
  private static final int ROWS_PER_TICK = 4;

  /** The last tick gets the draws of so many more: a cursor must meet ties at its end. */
  private static final int CROWD = 4;

  private static final int AMOUNTS = 4_096;
  private static final long RESIDENT_CELLS = 4_000_000;
  private static final long INDEXED_CELLS = 32_000_000;

  /** However narrow the rows are: what is kept of each key costs the same. */
  private static final long INDEXED_ROWS = 250_000;

  private static final long SALT_CLASS = 1;
  private static final long SALT_DATE = 2;
  private static final long SALT_BASE_TICK = 3;
  private static final long SALT_CHANGED_TICK = 4;
  private static final long SALT_AMOUNT = 5;
  private static final long SALT_CHANGED_AMOUNT = 6;
  private static final long SALT_AMOUNTS = 7;
  private static final long SALT_TOUCHED = 8;
  private static final long SALT_IN_FLIGHT = 9;
  private static final long SALT_WIDE = 1_000;
  private static final long SALT_WIDE_CHANGED = 2_000;

  private final Volume volume;
  private final long maxKey;
  private final long deleted;
  private final long gone;
  private final List<Column> columns;
  private final Column[] wide;
  private final long[] wideSeeds;
  private final Object[][] pools;
  private final BigDecimal[] amounts;
  private final LocalDate[] dates;
  private final LocalDateTime[] baseTicks;
  private final LocalDateTime[] changedTicks;
  private final KeyPermutation permutation;
  private final int[] steps;
  private final int[] inverseSteps;
  private final boolean resident;
  private final boolean indexed;
  private final List<AtomicReferenceArray<Object[]>> kept;
  private final List<AtomicReferenceArray<byte[]>> keptChoices;
  private final RowClass[] keptClasses;
  private final LocalDate[] keptDates;
  private final Set<LocalDate> touchedDates;

  /** The data set of a volume; builds the value pools once. */
  public Dataset(Volume volume) {
    this.volume = volume;
    this.maxKey = volume.maxKey();
    this.deleted = volume.deleted();
    this.gone = deleted + volume.updated();
    this.columns = columnsOf(volume.wideColumns());
    this.wide = columns.stream().filter(Column::wide).toArray(Column[]::new);
    this.wideSeeds =
        IntStream.range(0, wide.length)
            .mapToLong(j -> Mix.of(volume.seed(), SALT_WIDE + j))
            .toArray();
    this.pools = poolsOf(wide, volume.seed());
    this.amounts = new BigDecimal[AMOUNTS];
    for (int i = 0; i < AMOUNTS; i++) {
      // Strictly increasing, never zero: every duplicate and every swap moves the sum.
      long cents = 1 + i * 2_441L + Mix.below(Mix.of(volume.seed(), SALT_AMOUNTS, i), 2_441);
      amounts[i] = new BigDecimal(BigInteger.valueOf(cents), 4);
    }
    this.dates = FIRST_DATE.datesUntil(LAST_DATE.plusDays(1)).toArray(LocalDate[]::new);
    this.baseTicks =
        ticks(FIRST_DATE.atStartOfDay().plusNanos(1_000), volume.rows(), Duration.ofDays(DAYS));
    // At once after the last one, so that a watermark which is a microsecond ahead misses a change.
    this.changedTicks =
        ticks(
            baseTicks[baseTicks.length - 1].plusNanos(1_000),
            Math.max(1, volume.changed()),
            Duration.ofDays(1));
    this.permutation = new KeyPermutation(volume.rows(), Mix.of(volume.seed(), SALT_CLASS));
    this.steps = coprimes(wide.length);
    this.inverseSteps = inverses(steps, wide.length);
    this.resident = volume.rows() * columns.size() <= RESIDENT_CELLS;
    this.indexed = volume.rows() <= INDEXED_ROWS && volume.rows() * columns.size() <= INDEXED_CELLS;
    int rows = resident ? (int) maxKey + 1 : 0;
    this.kept = List.of(new AtomicReferenceArray<>(rows), new AtomicReferenceArray<>(rows));
    int slots = indexed ? (int) maxKey + 1 : 0;
    this.keptChoices =
        List.of(new AtomicReferenceArray<>(slots), new AtomicReferenceArray<>(slots));
    this.keptClasses = new RowClass[slots];
    this.keptDates = new LocalDate[slots];
    for (int key = 1; key < slots; key++) {
      keptClasses[key] = computeClass(key);
      keptDates[key] = dateOf(key, keptClasses[key]);
    }
    this.touchedDates = computeTouchedDates();
  }

  /** The parameters. */
  public Volume volume() {
    return volume;
  }

  /** The greatest key. */
  public long maxKey() {
    return maxKey;
  }

  /** True when rows are kept after their first use, so that asking twice gives the same array. */
  public boolean resident() {
    return resident;
  }

  /** True when there are so few keys that something small may be kept of each. */
  public boolean indexed() {
    return indexed;
  }

  /** All columns, in row order. */
  public List<Column> columns() {
    return columns;
  }

  /** The days on which changed rows lie. */
  public static List<LocalDate> changedDates() {
    return FIRST_CHANGED_DATE.datesUntil(LAST_DATE.plusDays(1)).toList();
  }

  /** The distinct values a wide column draws from; edge vectors first. */
  public List<Object> domain(Column column) {
    return List.of(pools[column.index() - Column.FIRST_WIDE]);
  }

  /** What the change set does to a key. */
  public RowClass classOf(long key) {
    if (key < 1 || key > maxKey) {
      return RowClass.FOREIGN;
    }
    return indexed ? keptClasses[(int) key] : computeClass(key);
  }

  private RowClass computeClass(long key) {
    if (key > volume.rows()) {
      return RowClass.INSERTED;
    }
    long rank = permutation.apply(key - 1);
    if (rank < deleted) {
      return RowClass.DELETED;
    }
    return rank < gone ? RowClass.UPDATED : RowClass.STABLE;
  }

  private Set<LocalDate> computeTouchedDates() {
    Set<LocalDate> touched = new TreeSet<>();
    for (long rank = 0; rank < gone && touched.size() < CHANGED_DAYS; rank++) {
      touched.add(dateOf(permutation.invert(rank) + 1));
    }
    for (long key = volume.rows() + 1; key <= maxKey && touched.size() < CHANGED_DAYS; key++) {
      touched.add(dateOf(key));
    }
    return Collections.unmodifiableSet(touched);
  }

  /** The dates on which at least one row is deleted, updated or inserted. */
  public Set<LocalDate> touchedDates() {
    return touchedDates;
  }

  /** The partition date of a key; an update never moves it. */
  public LocalDate dateOf(long key) {
    return indexed && key > 0 && key <= maxKey ? keptDates[(int) key] : dateOf(key, classOf(key));
  }

  private LocalDate dateOf(long key, RowClass rowClass) {
    long random = Mix.of(volume.seed(), SALT_DATE, key);
    return rowClass == RowClass.STABLE
        ? dates[Mix.below(random, DAYS)]
        : dates[DAYS - CHANGED_DAYS + Mix.below(random, CHANGED_DAYS)];
  }

  /** True for the changes that a fixture may hold in an open transaction during a window. */
  public boolean inFlight(long key) {
    RowClass rowClass = classOf(key);
    return (rowClass == RowClass.UPDATED || rowClass == RowClass.INSERTED)
        && (Mix.of(volume.seed(), SALT_IN_FLIGHT, key) & 3) == 0;
  }

  /**
   * The row of a key in a version: 1 is the base, 2 the changed state. A stable row is the same
   * array in both; a deleted row's version 2 is its soft-deleted image; an inserted row has only
   * version 2.
   */
  public Object[] row(long key, int version) {
    RowClass rowClass = classOf(key);
    int asked = asked(rowClass, version);
    if (!resident || rowClass == RowClass.FOREIGN) {
      return compute(key, asked, rowClass);
    }
    // A race computes an equal row twice, which is harmless; release and acquire keep a reader from
    // seeing a row before its cells.
    AtomicReferenceArray<Object[]> rows = kept.get(asked - 1);
    Object @Nullable [] row = rows.getAcquire((int) key);
    if (row == null) {
      row = compute(key, asked, rowClass);
      rows.setRelease((int) key, row);
    }
    return row;
  }

  /**
   * Which value of its column's {@link #domain} each wide cell of a row is, by wide column; {@link
   * #NULL_CHOICE} for NULL. Shared like the rows: nobody may change it.
   */
  public byte[] choices(long key, int version) {
    RowClass rowClass = classOf(key);
    int asked = asked(rowClass, version);
    if (!indexed || rowClass == RowClass.FOREIGN) {
      return choose(key, asked, rowClass);
    }
    AtomicReferenceArray<byte[]> rows = keptChoices.get(asked - 1);
    byte @Nullable [] choices = rows.getAcquire((int) key);
    if (choices == null) {
      choices = choose(key, asked, rowClass);
      rows.setRelease((int) key, choices);
    }
    return choices;
  }

  private static int asked(RowClass rowClass, int version) {
    return rowClass == RowClass.STABLE ? 1 : rowClass == RowClass.INSERTED ? 2 : version;
  }

  /**
   * The cells of a row before its first wide column, perhaps followed by others; in large volumes
   * cheaper than the row. Shared like the rows.
   */
  public Object[] fixedCells(long key, int version) {
    if (resident) {
      return row(key, version);
    }
    RowClass rowClass = classOf(key);
    Object[] cells = new Object[Column.FIRST_WIDE];
    fillFixed(cells, key, asked(rowClass, version), rowClass);
    return cells;
  }

  private Object[] compute(long key, int version, RowClass rowClass) {
    Object[] row = new Object[columns.size()];
    fillFixed(row, key, version, rowClass);
    byte[] choices = indexed ? choices(key, version) : choose(key, version, rowClass);
    for (int j = 0; j < wide.length; j++) {
      row[Column.FIRST_WIDE + j] = choices[j] == NULL_CHOICE ? null : pools[j][choices[j]];
    }
    return row;
  }

  private void fillFixed(Object[] row, long key, int version, RowClass rowClass) {
    long seed = volume.seed();
    boolean changed = version == 2;
    row[Column.ID] = key;
    row[Column.BUSINESS_DATE] = dateOf(key, rowClass);
    row[Column.UPDATED_AT] =
        changed ? changedTick(key) : tick(baseTicks, Mix.of(seed, SALT_BASE_TICK, key));
    row[Column.VERSION] = (long) version;
    int amount = Mix.below(Mix.of(seed, SALT_AMOUNT, key), AMOUNTS);
    if (changed && rowClass == RowClass.UPDATED) {
      amount = other(amount, Mix.of(seed, SALT_CHANGED_AMOUNT, key), AMOUNTS);
    }
    row[Column.AMOUNT] = amounts[amount];
    row[Column.IS_DELETED] = changed && rowClass == RowClass.DELETED;
  }

  /** The first row that is inserted comes first, so that at any volume there is one. */
  private LocalDateTime changedTick(long key) {
    return key == volume.rows() + 1
        ? changedTicks[0]
        : tick(changedTicks, Mix.of(volume.seed(), SALT_CHANGED_TICK, key));
  }

  private byte[] choose(long key, int version, RowClass rowClass) {
    boolean drawnAnew = version == 2 && rowClass == RowClass.UPDATED;
    long touched = Mix.of(volume.seed(), SALT_TOUCHED, key);
    byte[] choices = new byte[wide.length];
    for (int j = 0; j < wide.length; j++) {
      choices[j] = (byte) choice(j, key, drawnAnew && touches(touched, j));
    }
    return choices;
  }

  private int choice(int j, long key, boolean drawnAnew) {
    int size = pools[j].length;
    int nullPercent = wide[j].nullPercent();
    long base = Mix.then(wideSeeds[j], key);
    boolean isNull = percent(base) < nullPercent;
    int index = Mix.below(base, size);
    if (!drawnAnew) {
      return isNull ? NULL_CHOICE : index;
    }
    long next = Mix.of(volume.seed(), SALT_WIDE_CHANGED + j, key);
    // A NULL that stays NULL would not be a change.
    return percent(next) < nullPercent && !isNull ? NULL_CHOICE : other(index, next, size);
  }

  private static LocalDateTime tick(LocalDateTime[] ticks, long random) {
    return ticks[Math.min(ticks.length - 1, Mix.below(random, ticks.length + CROWD))];
  }

  private static int percent(long random) {
    return (int) ((random >>> 33) % 100);
  }

  private static int other(int index, long random, int size) {
    return (index + 1 + Mix.below(random, size - 1)) % size;
  }

  /**
   * True when an update with these random bits touches wide column j; one row in four touches one.
   */
  private boolean touches(long random, int j) {
    int n = wide.length;
    int count = (random & 3) == 0 ? 1 : 1 + Mix.below(random >>> 2, n);
    int start = (int) ((random >>> 35) % n);
    int step = (int) ((random >>> 48) % steps.length);
    int distance = Math.floorMod(j - start, n);
    return (int) ((long) distance * inverseSteps[step] % n) < count;
  }

  private static List<Column> columnsOf(int wideColumns) {
    List<Column> all = new ArrayList<>();
    all.add(new Column(Column.ID, "id", LogicalType.BIGINT, 0));
    all.add(new Column(Column.BUSINESS_DATE, "business_date", LogicalType.DATE, 0));
    all.add(new Column(Column.UPDATED_AT, "updated_at", LogicalType.TIMESTAMP, 0));
    all.add(new Column(Column.VERSION, "version", LogicalType.INTEGER, 0));
    all.add(new Column(Column.AMOUNT, "amount", LogicalType.DECIMAL_18_4, 0));
    all.add(new Column(Column.IS_DELETED, "is_deleted", LogicalType.BOOLEAN, 0));
    int[] nullPercents = {0, 25, 50, 90};
    LogicalType[] types = LogicalType.values();
    for (int i = 0; i < wideColumns; i++) {
      int inGroup = i % 12;
      LogicalType type = types[i / 12 * 6 + inGroup % 6];
      String name = String.format(Locale.ROOT, "w%03d_%s", i + 1, type.id());
      all.add(new Column(Column.FIRST_WIDE + i, name, type, nullPercents[inGroup % 4]));
    }
    return List.copyOf(all);
  }

  private static Object[][] poolsOf(Column[] wide, long seed) {
    ValueDomain domain = new ValueDomain(seed);
    Map<LogicalType, Object[]> byType =
        Arrays.stream(wide)
            .map(Column::type)
            .distinct()
            .parallel()
            .collect(Collectors.toConcurrentMap(t -> t, t -> domain.values(t).toArray()));
    return Arrays.stream(wide).map(c -> byType.get(c.type())).toArray(Object[][]::new);
  }

  private static LocalDateTime[] ticks(LocalDateTime start, long rows, Duration span) {
    int count = (int) Math.max(1, Math.min(MAX_TICKS, rows / ROWS_PER_TICK));
    long stepMicros = span.toNanos() / 1_000 / count;
    LocalDateTime[] ticks = new LocalDateTime[count];
    for (int i = 0; i < count; i++) {
      ticks[i] = start.plusNanos(i * stepMicros * 1_000);
    }
    return ticks;
  }

  private static int[] coprimes(int n) {
    return IntStream.rangeClosed(1, Math.max(1, n))
        .filter(i -> BigInteger.valueOf(i).gcd(BigInteger.valueOf(Math.max(1, n))).intValue() == 1)
        .toArray();
  }

  private static int[] inverses(int[] steps, int n) {
    int[] inverses = new int[steps.length];
    for (int i = 0; i < steps.length; i++) {
      inverses[i] =
          n <= 1 ? 1 : BigInteger.valueOf(steps[i]).modInverse(BigInteger.valueOf(n)).intValue();
    }
    return inverses;
  }
}
