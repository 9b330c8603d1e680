package io.plumbline.connector.kafka;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.registry.CaseId;
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

/** One real broker for all tests of the JVM, stopped after the last. */
final class Kafka implements ParameterResolver {
  static final LocalDateTime EFFECTIVE = LocalDateTime.of(2026, 6, 4, 0, 0);
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(Kafka.class);

  private record Server(Path directory, KafkaSystem system) implements AutoCloseable {
    static Server start() {
      try {
        Path directory = Files.createTempDirectory("plumbline-test-");
        return new Server(
            directory, (KafkaSystem) new KafkaConnector().providers().get(0).start(directory));
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

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KafkaSystem.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent("server", key -> Server.start(), Server.class)
        .system();
  }

  static Volume volume(long rows) {
    return new Volume(rows, new BigDecimal("0.20"), new BigDecimal("0.05"), 120, 20260603L);
  }

  static CaseScope scope(Strategy strategy, TargetLayout layout, Dataset dataset) {
    KafkaConnector connector = new KafkaConnector();
    return new CaseScope(
        new CaseId(connector.family(), connector.family(), strategy),
        "test",
        dataset,
        ColumnContract.of(dataset.columns(), connector.sourceTypes(), connector.sinkTypes()),
        layout);
  }

  static LoadPlan plan(String loadId, WriteAction action, LocalDate... window) {
    return new LoadPlan(loadId, action, List.of(window), EFFECTIVE);
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
