package io.plumbline.matrix.cli;

import io.plumbline.matrix.artifact.MergedRun;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.Shard;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes one run of the runs of its shards; the filters are those of the shards. */
@Command(
    name = "merge",
    description = "Merges the runs of shards, when every case was reported exactly once.",
    mixinStandardHelpOptions = true)
final class MergeCommand implements Callable<Integer> {
  private static final int RED = 1;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final SelectionOptions options;

  @Option(
      names = "--output",
      description = "where the merged run is written",
      defaultValue = "test_artifacts/integration_matrix/merged")
  private Path output = Path.of("");

  @Parameters(description = "the artifact directories of the shards", arity = "0..*")
  private List<Path> shards = new ArrayList<>();

  MergeCommand(SelectionOptions options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    Matrix matrix = options.matrix();
    List<MatrixCase> selected = options.select(matrix, Optional.of(Shard.WHOLE.toString()));
    MergedRun run = MergedRun.of(matrix, selected, shards);
    run.write(output);
    if (spec != null) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("Plumbline: " + run.sentence());
      out.flush();
    }
    return run.green() ? 0 : RED;
  }
}
