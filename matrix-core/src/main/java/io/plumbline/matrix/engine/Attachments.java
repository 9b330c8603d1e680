package io.plumbline.matrix.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;

/**
 * Where a case's files are attached to the platform's reports. Each request has an output
 * directory; it is used when somebody asked for reports, because a run's files lie in its artifact
 * directory already.
 */
record Attachments(@Nullable OutputDirectoryCreator directories) {
  /** Files stay where they are. */
  static final Attachments NONE = new Attachments(null);

  private static final List<String> ASKED =
      List.of("junit.platform.reporting.open.xml.enabled", "junit.platform.reporting.output.dir");

  static Attachments of(ExecutionRequest request) {
    ConfigurationParameters parameters = request.getConfigurationParameters();
    boolean asked =
        ASKED.stream()
            .anyMatch(name -> parameters.get(name).filter(v -> !v.equals("false")).isPresent());
    return asked ? new Attachments(request.getOutputDirectoryCreator()) : NONE;
  }

  /**
   * The files to attach: copies inside the output directory, so that a report can be carried away.
   */
  List<Path> of(TestDescriptor descriptor, List<Path> files) {
    if (directories == null) {
      return files;
    }
    try {
      Path directory = directories.createOutputDirectory(descriptor);
      List<Path> copies = new ArrayList<>();
      for (Path file : files) {
        copies.add(
            Files.copy(
                file, directory.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING));
      }
      return copies;
    } catch (IOException e) {
      throw new BrokenLabException(
          "The files of %s cannot be copied to the output directory '%s' (%s); free space or choose another junit.platform.reporting.output.dir."
              .formatted(descriptor.getDisplayName(), directories.getRootDirectory(), e),
          e);
    }
  }
}
