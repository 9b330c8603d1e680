package io.plumbline.connector.clickhouse;

import com.clickhouse.client.api.ServerException;
import com.clickhouse.data.ClickHouseFormat;
import io.plumbline.matrix.lab.Deadline;
import io.plumbline.matrix.lab.Interruption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The database of one case and role, and the reads that are open in it. */
final class CaseDatabase {
  private static final int DATABASE_NOT_EMPTY = 219;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Server server;
  private final CaseNames names;
  private final Set<Server.Result> reads = ConcurrentHashMap.newKeySet();

  CaseDatabase(Server server, CaseNames names) {
    this.server = server;
    this.names = names;
  }

  void create() {
    remove();
    server.execute("CREATE DATABASE " + names.database());
  }

  /** A read that ends with the case at the latest, also when a mover abandoned it. */
  Server.Result open(String select) {
    Server.Result read = server.query(select, ClickHouseFormat.RowBinary);
    reads.add(read);
    return read;
  }

  void end(Server.Result read) {
    reads.remove(read);
    read.close();
  }

  void drop() {
    Interruption.deferred(
        () -> {
          reads.forEach(this::end);
          remove();
        });
  }

  private void remove() {
    Deadline patience = Deadline.in(PATIENCE);
    while (!removed(patience)) {
      Deadline.pause();
    }
  }

  /** False when a table appeared that a statement made which had been given up: then again. */
  private boolean removed(Deadline patience) {
    try {
      server.execute("DROP DATABASE IF EXISTS " + names.database());
      return true;
    } catch (ClickhouseException e) {
      if (e.getCause() instanceof ServerException refused
          && refused.getCode() == DATABASE_NOT_EMPTY
          && !patience.passed()) {
        return false;
      }
      throw e;
    }
  }
}
