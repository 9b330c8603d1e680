package io.plumbline.connector.clickhouse;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.SystemUnavailableException;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.Strategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One real engine for all tests of the JVM, stopped after the last. Where its library cannot be
 * had, the tests are skipped with the sentence that says how to get it.
 */
final class Clickhouse implements ParameterResolver {
  static final LocalDateTime FIRST = LocalDateTime.of(2026, 6, 4, 0, 0);
  static final LocalDateTime SECOND = LocalDateTime.of(2026, 6, 11, 0, 0);
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(Clickhouse.class);

  private record Engine(Path directory, ClickhouseSystem system) implements AutoCloseable {
    static Engine start() {
      try {
        Path directory = Files.createTempDirectory("plumbline-test-");
        return new Engine(directory, Clickhouse.start(directory));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      system.close();
      Files.delete(directory);
    }
  }

  static ClickhouseSystem start(Path directory) {
    library();
    return (ClickhouseSystem) new ClickhouseConnector().providers().get(0).start(directory);
  }

  /** The library; a test that needs it is skipped where it cannot be had. */
  static Path library() {
    String missing = "";
    try {
      return ChdbLibrary.ofJvm().file();
    } catch (SystemUnavailableException e) {
      missing = e.getMessage();
    }
    assumeThat(missing).isEmpty();
    throw new IllegalStateException(missing);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ClickhouseSystem.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent("engine", key -> Engine.start(), Engine.class)
        .system();
  }

  static Volume volume(long rows) {
    return new Volume(rows, new BigDecimal("0.20"), new BigDecimal("0.05"), 120, 20260603L);
  }

  static CaseScope scope(Strategy strategy, TargetLayout layout, Dataset dataset) {
    ClickhouseConnector connector = new ClickhouseConnector();
    return new CaseScope(
        new CaseId(connector.family(), connector.family(), strategy),
        "test",
        dataset,
        ColumnContract.of(dataset.columns(), connector.sourceTypes(), connector.sinkTypes()),
        layout);
  }

  /** A case whose source hands on every type as it is, which ClickHouse itself would not. */
  static CaseScope scopeOfExactSource(Strategy strategy, Dataset dataset) {
    ClickhouseConnector connector = new ClickhouseConnector();
    return new CaseScope(
        new CaseId(new Family("exact"), connector.family(), strategy),
        "test",
        dataset,
        dataset.columns().stream()
            .map(
                column ->
                    new ColumnContract(
                        column,
                        new TypeMapping.Declaration(column.type(), "exact", new Fidelity.Exact()),
                        connector.sinkTypes().of(column, column.type())))
            .toList(),
        TargetLayout.KEYED);
  }

  static LoadPlan plan(String loadId, WriteAction action, LocalDate... window) {
    return new LoadPlan(loadId, action, List.of(window), FIRST);
  }

  /** A row as a reader gave it. */
  record Read(Op op, Object[] row) {
    long key() {
      return (Long) row[0];
    }
  }

  static List<Read> readAll(Extraction extraction) {
    List<Read> rows = new ArrayList<>();
    RowBatch batch = new RowBatch(100);
    while (extraction.read(batch)) {
      for (int i = 0; i < batch.size(); i++) {
        rows.add(new Read(batch.op(i), batch.row(i)));
      }
    }
    return rows;
  }
}
