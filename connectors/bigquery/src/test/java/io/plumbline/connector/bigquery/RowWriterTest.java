package io.plumbline.connector.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.http.ByteArrayContent;
import io.plumbline.connector.tck.Cases;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.dataset.Dataset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowWriterTest {
  private static final int FEW_BYTES = 5_000;

  private final Dataset dataset = new Dataset(Cases.volume(50));
  private final List<ColumnContract> columns =
      ColumnContract.of(
          dataset.columns(), new PlayedSource().sourceTypes(), new BigqueryConnector().sinkTypes());
  private final List<String> parts = new ArrayList<>();
  private final RowWriter rows = new RowWriter(columns, FEW_BYTES, this::take);

  private void take(ByteArrayContent part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      part.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    parts.add(bytes.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aPartHasWholeRowsAndIsHandedOnWhenItIsFull() {
    for (long key = 1; key <= 50; key++) {
      rows.add(dataset.row(key, 1), false);
    }
    int handedOn = parts.size();
    rows.flush();
    rows.flush();
    assertThat(handedOn).isGreaterThan(5);
    assertThat(parts).hasSize(handedOn + 1);
    assertThat(parts.subList(0, handedOn)).allMatch(part -> part.length() < 20 * FEW_BYTES);
    List<String> lines = String.join("", parts).lines().toList();
    assertThat(lines).hasSize(50);
    for (int line = 0; line < 50; line++) {
      assertThat(lines.get(line))
          .startsWith(
              "{\"_seq\":\"%d\",\"_deleted\":false,\"id\":\"%d\",".formatted(line, line + 1))
          .endsWith("}");
    }
  }

  @Test
  void ofADeletedRowTheKeyIsWrittenAlone() {
    rows.add(dataset.row(7, 1), true);
    rows.flush();
    assertThat(parts).containsExactly("{\"_seq\":\"0\",\"_deleted\":true,\"id\":\"7\"}\n");
  }

  @Test
  void nothingIsHandedOnOfNothing() {
    rows.flush();
    assertThat(parts).isEmpty();
  }
}
