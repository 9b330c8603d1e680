package io.plumbline.connector.clickhouse.chdb;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import org.jspecify.annotations.Nullable;

/**
 * The part of chDB's C interface that the server uses; {@code size_t} is a long on every system
 * that chDB is built for. See "chDB C API" (<a
 * href="https://clickhouse.com/docs/chdb/install/c">clickhouse.com/docs/chdb/install/c</a>).
 */
interface ChdbApi extends Library {

  /** 0: a crash ends the process at once instead of after the engine's own report. */
  void chdb_set_signal_handlers_enabled(int enabled);

  /** A pointer to the connection; null when it cannot be had. */
  @Nullable Pointer chdb_connect(int count, StringArray arguments);

  void chdb_close_conn(Pointer connection);

  Pointer chdb_query_n(
      Pointer connection, byte[] query, long queryLength, byte[] format, long formatLength);

  /** Begins a SELECT; a second statement on the connection would cut it off without an error. */
  Pointer chdb_stream_query_n(
      Pointer connection, byte[] query, long queryLength, byte[] format, long formatLength);

  Pointer chdb_stream_fetch_result(Pointer connection, Pointer stream);

  void chdb_stream_cancel_query(Pointer connection, Pointer stream);

  void chdb_destroy_query_result(Pointer result);

  @Nullable Pointer chdb_result_error(Pointer result);

  @Nullable Pointer chdb_result_buffer(Pointer result);

  long chdb_result_length(Pointer result);

  long chdb_result_rows_read(Pointer result);
}
