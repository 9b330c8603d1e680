package io.plumbline.connector.postgres;

import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.RowBatch;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Rows of one snapshot by binary COPY, and where asked the keys of the same snapshot. */
final class CopyExtraction implements Extraction {
  private final Session session;
  private final Op op;
  private final RowDecoder decoder;
  private final CopyRows rows;
  private final Position position;
  private final @Nullable String keySelect;
  private long[] keys = new long[0];
  private boolean ended;

  /**
   * Begins to read.
   *
   * @param session in a transaction whose snapshot is taken; owned from now on
   * @param where follows the table's name; may be empty
   * @param keySelect selects all keys in order; null when nobody asked for them
   */
  CopyExtraction(
      Session session,
      Op op,
      RowDecoder decoder,
      String from,
      String where,
      Position position,
      @Nullable String keySelect) {
    this.session = session;
    this.op = op;
    this.decoder = decoder;
    this.position = position;
    this.keySelect = keySelect;
    this.rows =
        new CopyRows(session, "SELECT " + decoder.selectList() + " FROM " + from + " " + where);
  }

  @Override
  public boolean read(RowBatch batch) {
    batch.clear();
    while (!ended && !batch.full()) {
      if (rows.next()) {
        batch.add(op, row());
      } else {
        ended = true;
        keys = readKeys();
      }
    }
    return batch.size() > 0;
  }

  private Object[] row() {
    Object[] row = decoder.blank();
    byte[] message = rows.message();
    int at = rows.position();
    for (int cell = 0; cell < decoder.width(); cell++) {
      int length = BinaryDecoder.int4(message, at);
      at += Integer.BYTES;
      if (length >= 0) {
        decoder.set(row, cell, message, at, length);
        at += length;
      }
    }
    rows.moveTo(at);
    return row;
  }

  private long[] readKeys() {
    if (keySelect == null) {
      return new long[0];
    }
    CopyRows found = new CopyRows(session, keySelect);
    LongStream.Builder collected = LongStream.builder();
    while (found.next()) {
      int at = found.position() + Integer.BYTES;
      collected.add(BinaryDecoder.int8(found.message(), at));
      found.moveTo(at + Long.BYTES);
    }
    return collected.build().toArray();
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public long[] keys() {
    return keys.clone();
  }

  @Override
  public void close() {
    session.close();
  }
}
