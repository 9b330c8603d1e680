package io.plumbline.matrix.cases;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.registry.Selection;
import io.plumbline.matrix.registry.Shard;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.RunSettings;
import io.plumbline.matrix.run.StandardRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Whole cases on real engines that are already warm: all rounds, verified, one case at a time.
 *
 * <pre>
 * mvn -q -pl matrix-cases -am test-compile dependency:build-classpath \
 *     -Dmdep.outputFile=target/classpath.txt -Dmdep.includeScope=test
 * cd matrix-cases &amp;&amp; java -cp target/test-classes:target/classes:$(cat target/classpath.txt) \
 *     io.plumbline.matrix.cases.WarmCaseBenchmark 'postgres_to_postgres__*'
 * </pre>
 *
 * <p>Arguments are case ids and globs.
 */
public final class WarmCaseBenchmark {
  private static final int WARM_UPS = Integer.getInteger("plumbline.benchmark.warm-ups", 3);
  private static final int RUNS = Integer.getInteger("plumbline.benchmark.runs", 5);

  private WarmCaseBenchmark() {}

  /** Prints a line per case: median and spread of its wall time. */
  public static void main(String[] arguments) throws IOException {
    Matrix matrix;
    try (InputStream registry = WarmCaseBenchmark.class.getResourceAsStream("matrix.yaml")) {
      matrix = Matrix.read("matrix.yaml", Objects.requireNonNull(registry));
    }
    List<String> all = List.of("*");
    Selection selection = new Selection(all, all, all, List.of(arguments), all, Shard.WHOLE);
    Path directory = Files.createTempDirectory("plumbline-benchmark-");
    RunSettings settings =
        new RunSettings(
            RunMode.MOCK_LOCAL,
            Volume.DEFAULT,
            directory,
            1,
            Duration.ofMinutes(5),
            Duration.ofMinutes(5));
    List<Connector> connectors = Families.all();
    try (StandardRun run = new StandardRun(settings, matrix, connectors)) {
      for (MatrixCase each : selection.select(matrix)) {
        for (int i = 0; i < WARM_UPS; i++) {
          seconds(run, each);
        }
        double[] seconds = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
          seconds[i] = seconds(run, each);
        }
        Arrays.sort(seconds);
        System.out.printf(
            Locale.ROOT,
            "%-40s median %.2f s, %.2f to %.2f s%n",
            each.id(),
            seconds[RUNS / 2],
            seconds[0],
            seconds[RUNS - 1]);
      }
    }
    Files.delete(directory);
  }

  private static double seconds(StandardRun run, MatrixCase each) {
    long begin = System.nanoTime();
    CaseResult result = run.run(each);
    if (result.verdict() != Verdict.PASS) {
      throw new IllegalStateException(
          "%s ended %s: %s".formatted(each.id(), result.verdict(), result.reason()));
    }
    return (System.nanoTime() - begin) / 1e9;
  }
}
