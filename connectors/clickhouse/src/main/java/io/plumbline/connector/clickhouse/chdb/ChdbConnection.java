package io.plumbline.connector.clickhouse.chdb;

import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A connection to the engine in this process; one statement at a time. */
final class ChdbConnection implements AutoCloseable {
  private static final int COPY_BYTES = 1 << 16;

  private final ChdbApi api;
  private final Pointer pointer;
  private final Pointer handle;
  private final byte[] copied = new byte[COPY_BYTES];

  /** Where a result goes; asked for the stream only when the statement has begun to succeed. */
  @FunctionalInterface
  interface Target {
    OutputStream begin() throws IOException;
  }

  private ChdbConnection(ChdbApi api, Pointer pointer) {
    this.api = api;
    this.pointer = pointer;
    this.handle = pointer.getPointer(0);
  }

  static ChdbConnection open(ChdbApi api, Path data, Path configuration) {
    String[] arguments = {"clickhouse", "--path=" + data, "--config-file=" + configuration};
    Pointer connection =
        api.chdb_connect(
            arguments.length, new StringArray(arguments, StandardCharsets.UTF_8.name()));
    if (connection == null) {
      throw new ChdbException("Code: 210. The engine cannot open %s.".formatted(data));
    }
    return new ChdbConnection(api, connection);
  }

  /** Executes a statement and hands on its whole result. */
  void execute(String sql, String format, Target target) throws IOException {
    byte[] query = utf8(sql);
    byte[] name = utf8(format);
    Pointer result = api.chdb_query_n(handle, query, query.length, name, name.length);
    try {
      requireSuccess(result);
      copy(result, target.begin());
    } finally {
      api.chdb_destroy_query_result(result);
    }
  }

  /**
   * Executes a SELECT and hands on its result block by block.
   *
   * @throws ChdbException also in the middle of the result
   */
  void stream(String select, String format, Target target) throws IOException {
    byte[] query = utf8(select);
    byte[] name = utf8(format);
    Pointer stream = api.chdb_stream_query_n(handle, query, query.length, name, name.length);
    boolean ended = false;
    try {
      requireSuccess(stream);
      // The first block too may fail; only then is it certain that there is a result.
      ended = fetch(stream, target);
      OutputStream out = target.begin();
      while (!ended) {
        ended = fetch(stream, () -> out);
      }
    } finally {
      if (!ended) {
        api.chdb_stream_cancel_query(handle, stream);
      }
      api.chdb_destroy_query_result(stream);
    }
  }

  /** True after the last block, which has no rows (but may have a format's header). */
  private boolean fetch(Pointer stream, Target target) throws IOException {
    Pointer block = api.chdb_stream_fetch_result(handle, stream);
    try {
      requireSuccess(block);
      copy(block, target.begin());
      return api.chdb_result_rows_read(block) == 0;
    } finally {
      api.chdb_destroy_query_result(block);
    }
  }

  private void requireSuccess(Pointer result) {
    Pointer error = api.chdb_result_error(result);
    if (error != null) {
      throw new ChdbException(error.getString(0, StandardCharsets.UTF_8.name()));
    }
  }

  private void copy(Pointer result, OutputStream out) throws IOException {
    long length = api.chdb_result_length(result);
    Pointer buffer = api.chdb_result_buffer(result);
    if (buffer == null) {
      return;
    }
    for (long at = 0; at < length; at += COPY_BYTES) {
      int count = (int) Math.min(COPY_BYTES, length - at);
      buffer.read(at, copied, 0, count);
      out.write(copied, 0, count);
    }
  }

  @Override
  public void close() {
    api.chdb_close_conn(pointer);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
