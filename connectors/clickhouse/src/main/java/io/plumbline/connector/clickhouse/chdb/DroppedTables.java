package io.plumbline.connector.clickhouse.chdb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Removes the files of dropped tables. A server does that in the background; as a library the
 * engine only notes what it should remove, and a run would fill the disk.
 */
final class DroppedTables {
  private static final int STORE_PREFIX = 3;

  private final Path store;
  private final Set<String> removed = new HashSet<>();

  /**
   * @param data the engine's directory
   */
  DroppedTables(Path data) {
    this.store = data.resolve("store");
  }

  synchronized void remove(ChdbConnection connection) throws IOException {
    ByteArrayOutputStream ids = new ByteArrayOutputStream();
    connection.execute("SELECT uuid FROM system.dropped_tables", "TabSeparated", () -> ids);
    ids.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(removed::add)
        .map(id -> store.resolve(id.substring(0, STORE_PREFIX)).resolve(id))
        .forEach(files -> new Directory(files).remove());
  }
}
