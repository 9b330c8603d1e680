package io.plumbline.connector.clickhouse;

import io.plumbline.matrix.connector.Interruption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The database of one case and role, and the reads that are open in it. */
final class CaseDatabase {
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
    Server.Result read = server.query(select, com.clickhouse.data.ClickHouseFormat.RowBinary);
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
    server.execute("DROP DATABASE IF EXISTS " + names.database());
  }
}
