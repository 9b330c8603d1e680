package io.plumbline.connector.tck;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Ways of moving the same rows, tried by turns, so that what slows the machine down for a moment
 * slows all of them down: medians of five, or of as many as the system property {@code
 * plumbline.benchmark.runs} says, with their spread, and the time of the processors of this process
 * and its children.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class SideBySide {
  private final int runs = Integer.getInteger("plumbline.benchmark.runs", 5);
  private final int warmUps;
  private final List<Way> ways = new ArrayList<>();

  /** One way. */
  @FunctionalInterface
  public interface Work {
    /**
     * Moves all rows.
     *
     * @throws Exception which ends the benchmark
     */
    void run() throws Exception;
  }

  private record Way(String name, Work work, double[] millis, double[] processorMillis) {
    double median() {
      return median(millis);
    }

    static double median(double[] millis) {
      return Arrays.stream(millis).sorted().toArray()[millis.length / 2];
    }

    void run(int run) throws Exception {
      double processors = processors();
      long begin = System.nanoTime();
      work.run();
      millis[run] = (System.nanoTime() - begin) / 1e6;
      processorMillis[run] = processors() - processors;
    }
  }

  /**
   * Nothing so far.
   *
   * @param warmUps how often each way is gone before it counts, unless the system property {@code
   *     plumbline.benchmark.warm-ups} says otherwise
   */
  public SideBySide(int warmUps) {
    this.warmUps = Integer.getInteger("plumbline.benchmark.warm-ups", warmUps);
  }

  /** Adds a way. */
  public SideBySide way(String name, Work work) {
    ways.add(new Way(name, work, new double[runs], new double[runs]));
    return this;
  }

  /**
   * Goes all ways, by turns.
   *
   * @throws Exception as a way throws it
   */
  public SideBySide run() throws Exception {
    for (int run = -warmUps; run < runs; run++) {
      for (Way way : ways) {
        way.run(Math.max(0, run));
      }
    }
    return this;
  }

  /** Prints a line per way. */
  public void print(PrintStream out, long rows, int columns, double megabytes) {
    out.printf(Locale.ROOT, "%,d rows of %d columns, %.1f MB%n", rows, columns, megabytes);
    for (Way way : ways) {
      double median = way.median();
      out.printf(
          Locale.ROOT,
          "%-20s median %5.0f ms, %.0f to %.0f ms (%.0f ms of processors), %,.0f rows/s, %,.0f cells/s, %.0f MB/s%n",
          way.name,
          median,
          Arrays.stream(way.millis).min().orElseThrow(),
          Arrays.stream(way.millis).max().orElseThrow(),
          Way.median(way.processorMillis),
          rows * 1e3 / median,
          rows * columns * 1e3 / median,
          megabytes * 1e3 / median);
    }
  }

  /** Prints how fast one way is beside another. */
  public void compare(PrintStream out, String name, String beside) {
    out.printf(
        Locale.ROOT,
        "speed of %s: %.2f of %s%n",
        name,
        named(beside).median() / named(name).median(),
        beside);
  }

  private Way named(String name) {
    return ways.stream().filter(way -> way.name.equals(name)).findFirst().orElseThrow();
  }

  private static double processors() {
    return Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants())
        .mapToDouble(p -> p.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6)
        .sum();
  }
}
