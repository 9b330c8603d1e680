package io.plumbline.connector.postgres;

import io.plumbline.matrix.lab.FileTree;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The server's binaries, kept between runs: to unpack them takes longer than all the rest of a
 * start. The library unpacks them, into a folder per archive.
 *
 * @param folder holds the library's folders
 */
record UnpackedPostgres(Path folder) implements PgBinaryResolver {
  private static final String COMPLETE = ".exists";
  private static final String LOCK = "epg-lock";

  @Override
  public InputStream getPgBinary(String system, String machine) throws IOException {
    removeUnfinished();
    return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine);
  }

  /** What a run was unpacking when it was killed: the library takes any file there for whole. */
  private void removeUnfinished() throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> archives = Files.list(folder)) {
      List<Path> unfinished =
          archives.filter(archive -> Files.notExists(archive.resolve(COMPLETE))).toList();
      for (Path archive : unfinished) {
        removeUnlessUnpacking(archive);
      }
    }
  }

  private static void removeUnlessUnpacking(Path archive) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                archive.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        FileTree.remove(archive);
      }
    }
  }
}
