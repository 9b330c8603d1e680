package io.plumbline.connector.clickhouse;

import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.RowBatch;
import java.io.IOException;

/** Rows of one SELECT, decoded as they arrive. */
final class RowExtraction implements Extraction {
  private final Server server;
  private final CaseDatabase database;
  private final Server.Result result;
  private final RowDecoder decoder;
  private final Op op;
  private final Position position;

  /**
   * Begins to read.
   *
   * @param result in RowBinary, with the decoder's columns; owned from now on
   */
  RowExtraction(
      Server server,
      CaseDatabase database,
      Server.Result result,
      RowDecoder decoder,
      Op op,
      Position position) {
    this.server = server;
    this.database = database;
    this.result = result;
    this.decoder = decoder;
    this.op = op;
    this.position = position;
  }

  @Override
  public boolean read(RowBatch batch) {
    batch.clear();
    try {
      while (!batch.full() && decoder.hasNext(result.input())) {
        batch.add(op, decoder.read(result.input()));
      }
    } catch (IOException e) {
      throw server.failure(e);
    }
    return batch.size() > 0;
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public void close() {
    database.end(result);
  }
}
