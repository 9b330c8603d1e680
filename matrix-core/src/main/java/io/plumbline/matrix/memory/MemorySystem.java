package io.plumbline.matrix.memory;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.Inspector.Event;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.Trait;
import io.plumbline.matrix.connector.TypeMapping.Declaration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apiguardian.api.API;

/**
 * A family played in memory, with the traits and the conversions that its connector declares.
 * Thread-safe; each case has rows of its own.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class MemorySystem implements RunningSystem {
  private final Connector connector;
  private final UnaryOperator<List<Event>> onTheirWay;
  private final Conversion atSource;
  private final Conversion atSink;
  private final Map<List<Declaration>, RowConverter> sources = new Recent<>();
  private final Map<List<Declaration>, RowConverter> sinks = new Recent<>();

  /** Plays the family of a connector. */
  public MemorySystem(Connector connector) {
    this(connector, UnaryOperator.identity());
  }

  /**
   * Plays the family of a connector, whose topics may lose records or mix them up.
   *
   * @param onTheirWay what becomes of a load's records between producer and topic; their offsets
   *     are given afterwards
   */
  public MemorySystem(Connector connector, UnaryOperator<List<Event>> onTheirWay) {
    this(connector, onTheirWay, DeclaredConversion::convert, DeclaredConversion::convert);
  }

  /**
   * Plays the family of a connector, which may convert otherwise than it declares.
   *
   * @param atSource what becomes of the values of a source
   * @param atSink what becomes of the values that a sink is given
   */
  public MemorySystem(
      Connector connector,
      UnaryOperator<List<Event>> onTheirWay,
      Conversion atSource,
      Conversion atSink) {
    this.connector = connector;
    this.onTheirWay = onTheirWay;
    this.atSource = atSource;
    this.atSink = atSink;
  }

  @Override
  public SystemInfo info() {
    return new SystemInfo(connector.family(), "in-memory model", "1", EvidenceLevel.CONTRACT);
  }

  @Override
  public synchronized Source openSource(CaseScope scope) {
    return new MemorySource(
        connector, scope, converter(sources, scope, ColumnContract::source, atSource));
  }

  @Override
  public synchronized Sink openSink(CaseScope scope) {
    RowConverter converter = converter(sinks, scope, ColumnContract::sink, atSink);
    return new MemorySink(scope, converter, () -> target(connector.trait(), scope.layout()));
  }

  private static RowConverter converter(
      Map<List<Declaration>, RowConverter> recent,
      CaseScope scope,
      Function<ColumnContract, Declaration> role,
      Conversion conversion) {
    return recent.computeIfAbsent(
        scope.columns().stream().map(role).toList(),
        declarations -> new RowConverter(scope.dataset(), declarations, conversion));
  }

  private MemoryTarget target(Trait trait, TargetLayout layout) {
    return switch (trait) {
      case KEYED_TABLE, PAGED_FEED -> new KeyedTarget(layout);
      case COLLAPSED_ON_READ -> new CollapsingTarget(layout);
      case EVENT_LOG -> new LogTarget(layout, onTheirWay);
    };
  }

  @Override
  public synchronized void close() {
    sources.clear();
    sinks.clear();
  }

  /** Keeps what the pairs that run at the same time need. */
  private static final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 2;

    Recent() {
      super(8, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > MOST;
    }
  }
}
