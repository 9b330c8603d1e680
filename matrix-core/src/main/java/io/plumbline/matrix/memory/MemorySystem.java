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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * A family played in memory, with the traits and the conversions that its connector declares.
 * Thread-safe; each case has rows of its own.
 */
public final class MemorySystem implements RunningSystem {
  private final Connector connector;
  private final UnaryOperator<List<Event>> onTheirWay;
  private final Map<List<Declaration>, RowConverter> converters = new ConcurrentHashMap<>();
  private final Map<RowConverter, SourceRows> sourceRows = new ConcurrentHashMap<>();

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
    this.connector = connector;
    this.onTheirWay = onTheirWay;
  }

  @Override
  public SystemInfo info() {
    return new SystemInfo(connector.family(), "in-memory model", "1", EvidenceLevel.CONTRACT);
  }

  @Override
  public Source openSource(CaseScope scope) {
    RowConverter converter =
        converter(scope.columns().stream().map(ColumnContract::source).toList());
    return new MemorySource(
        connector,
        scope,
        sourceRows.computeIfAbsent(converter, c -> new SourceRows(scope.dataset(), c)));
  }

  @Override
  public Sink openSink(CaseScope scope) {
    return new MemorySink(
        scope,
        converter(scope.columns().stream().map(ColumnContract::sink).toList()),
        () -> target(connector.trait(), scope.layout()));
  }

  private RowConverter converter(List<Declaration> declarations) {
    return converters.computeIfAbsent(declarations, RowConverter::new);
  }

  private MemoryTarget target(Trait trait, TargetLayout layout) {
    return switch (trait) {
      case KEYED_TABLE, PAGED_FEED -> new KeyedTarget(layout);
      case COLLAPSED_ON_READ -> new CollapsingTarget(layout);
      case EVENT_LOG -> new LogTarget(layout, onTheirWay);
    };
  }

  @Override
  public void close() {
    converters.clear();
    sourceRows.clear();
  }
}
