package io.plumbline.connector.tck;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file system in memory that can be filled; needs the right to mount one. */
record SmallDisk(Path path) implements AutoCloseable {
  private static final String FILLER = "filler";
  private static final int BLOCK = 4096;
  private static final int SECONDS = 30;

  /** Mounts a disk; where that is not allowed, the test is skipped. */
  static SmallDisk mount(Path path, int megabytes) throws IOException {
    Files.createDirectories(path);
    String refused =
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "plumbline", path.toString());
    assumeThat(refused).as("a disk can be mounted").isEmpty();
    return new SmallDisk(path);
  }

  /** Takes all the space that is left. */
  void fill() throws IOException {
    FileStore disk = Files.getFileStore(path);
    byte[] bytes = new byte[1 << 20];
    try (OutputStream filler = Files.newOutputStream(path.resolve(FILLER))) {
      for (long left = disk.getUsableSpace(); left >= BLOCK; left = disk.getUsableSpace()) {
        filler.write(bytes, 0, (int) Math.min(bytes.length, left));
      }
    }
  }

  /** Gives the space back. */
  void free() throws IOException {
    Files.delete(path.resolve(FILLER));
  }

  @Override
  public void close() throws IOException {
    String refused = run("umount", path.toString());
    if (!refused.isEmpty()) {
      throw new IOException(refused);
    }
  }

  /** What the command says when it fails; empty when it succeeds. */
  private static String run(String... command) throws IOException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      byte[] said = process.getInputStream().readAllBytes();
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      return ended && process.exitValue() == 0
          ? ""
          : new String(said, StandardCharsets.UTF_8) + ".";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
