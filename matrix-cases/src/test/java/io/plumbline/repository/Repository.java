package io.plumbline.repository;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files that belong to the project, apart from what builds and runs leave. */
record Repository(Path root) {
  private static final Set<String> NOT_OURS =
      Set.of("target", ".git", ".idea", "node_modules", "integration_matrix");

  /** The repository that this module stands in. */
  static Repository here() {
    return new Repository(Path.of("..").toAbsolutePath().normalize());
  }

  String text(String path) throws IOException {
    return Files.readString(root.resolve(path));
  }

  /** All files whose name ends so, below a folder; sorted. */
  List<Path> files(String folder, String suffix) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root.resolve(folder),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return NOT_OURS.contains(directory.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.getFileName().toString().endsWith(suffix)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found.stream().sorted().toList();
  }
}
