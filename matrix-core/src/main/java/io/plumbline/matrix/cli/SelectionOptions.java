package io.plumbline.matrix.cli;

import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.run.Setting;
import io.plumbline.matrix.run.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cases a command is about; the filters are those of a run, and options beat variables. */
final class SelectionOptions {
  private final Map<String, String> environment;

  @Option(names = "--source", description = "source families, comma list, * for all")
  private @Nullable String source;

  @Option(names = "--sink", description = "sink families, comma list, * for all")
  private @Nullable String sink;

  @Option(names = "--strategy", description = "strategies, comma list, * for all")
  private @Nullable String strategy;

  @Option(names = "--case", description = "case ids and globs, comma list")
  private @Nullable String cases;

  @Option(names = "--cases-file", description = "a file with one case id or glob a line")
  private @Nullable String casesFile;

  @Option(names = "--registry", description = "a registry file instead of the canonical one")
  private @Nullable Path registry;

  @Option(
      names = "--versions",
      description = "versions on which a family's cases are repeated, e.g. postgres=15,16")
  private Map<String, String> versions = new LinkedHashMap<>();

  /**
   * Not chosen yet.
   *
   * @param environment environment variables
   */
  SelectionOptions(Map<String, String> environment) {
    this.environment = environment;
  }

  List<MatrixCase> select(Matrix matrix, Optional<String> shard) {
    return settings(shard).selection().select(matrix);
  }

  private Settings settings(Optional<String> shard) {
    Map<String, String> filters = new LinkedHashMap<>();
    put(filters, Setting.SOURCE, source);
    put(filters, Setting.SINK, sink);
    put(filters, Setting.STRATEGY, strategy);
    put(filters, Setting.CASE, cases);
    put(filters, Setting.CASES_FILE, casesFile);
    put(filters, Setting.SHARD, shard.orElse(null));
    versions.forEach((family, told) -> filters.put("matrix.versions." + family, told));
    return new Settings(filters, environment, Map.of());
  }

  private static void put(Map<String, String> filters, Setting setting, @Nullable String value) {
    if (value != null) {
      filters.put(setting.property(), value);
    }
  }

  /** The registry's cases, repeated on the versions that were told. */
  Matrix matrix() {
    return settings(Optional.empty()).expand(registry());
  }

  private Matrix registry() {
    if (registry == null) {
      return Matrix.ofClassPath(Matrix.CANONICAL);
    }
    try (InputStream yaml = Files.newInputStream(registry)) {
      return Matrix.read(registry.toString(), yaml);
    } catch (IOException e) {
      throw new InvalidInputException(
          "The registry '%s' cannot be read; allowed are files that can (--registry)."
              .formatted(registry),
          e);
    }
  }
}
