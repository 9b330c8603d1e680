package io.plumbline.matrix.engine;

import io.plumbline.matrix.artifact.Redaction;
import io.plumbline.matrix.artifact.Reported;
import io.plumbline.matrix.artifact.RunArtifacts;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.MatrixRun;
import io.plumbline.matrix.run.RerunLine;
import io.plumbline.matrix.run.RunSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/**
 * A run and what it leaves; shared by the requests of a launcher session, because a rerun is a
 * second request in the same JVM.
 */
final class MatrixSession implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Plan plan;
  private final RunSettings settings;
  private final RerunLine rerun;
  private final RunArtifacts artifacts;
  private final MatrixRun run;
  private final Console console;
  private final TimeLimit limit;

  private final long start = System.nanoTime();
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread hook = new Thread(this::interrupted, "plumbline-interrupted");
  private final ReadWriteLock reporting = new ReentrantReadWriteLock();
  private volatile int expected;
  private boolean running;
  private boolean over;

  /** A case that ended, and the files it left. */
  record Ended(Reported reported, List<Path> files) {}

  MatrixSession(Plan plan, Surroundings surroundings) {
    this.plan = plan;
    this.settings = plan.settings().runSettings();
    this.rerun = new RerunLine(settings, plan.registry());
    Redaction redaction = surroundings.redaction();
    this.artifacts = new RunArtifacts(settings, plan.matrix(), rerun, redaction);
    this.console = new Console(surroundings.out(), redaction);
    this.run = surroundings.runs().create(settings, plan.matrix(), console);
    this.limit = new TimeLimit(settings.caseTimeout(), GRACE);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  RerunLine rerun() {
    return rerun;
  }

  /** A request begins. */
  void begin(List<CaseDescriptor> cases, Optional<String> otherFilter) {
    Map<CaseId, String> suites = new LinkedHashMap<>();
    cases.forEach(c -> suites.put(c.matrixCase().id(), c.suite()));
    artifacts.select(suites);
    ended.set(0);
    expected = cases.size();
    begun();
    console.begin(plan, cases.size());
    otherFilter.ifPresent(console::note);
    run.prepare(cases.stream().map(CaseDescriptor::matrixCase).toList());
  }

  private void begun() {
    reporting.writeLock().lock();
    try {
      running = true;
    } finally {
      reporting.writeLock().unlock();
    }
  }

  /** Runs a case and writes what it leaves. */
  Ended run(CaseDescriptor descriptor) throws InterruptedException {
    MatrixCase matrixCase = descriptor.matrixCase();
    // One that is not there even then is the case's own failure.
    CaseThreads.await(run.settled(matrixCase), settings.caseTimeout());
    long begin = System.nanoTime();
    CaseResult result = resultOf(matrixCase);
    Reported reported =
        new Reported(descriptor.suite(), result, Duration.ofNanos(System.nanoTime() - begin));
    return new Ended(reported, report(reported));
  }

  private List<Path> report(Reported reported) {
    reporting.readLock().lock();
    try {
      if (over) {
        return List.of();
      }
      List<Path> files = artifacts.report(reported);
      console.ended(ended.incrementAndGet(), expected, reported);
      return files;
    } finally {
      reporting.readLock().unlock();
    }
  }

  private CaseResult resultOf(MatrixCase matrixCase) throws InterruptedException {
    try {
      return limit.call(
          matrixCase.id(),
          () -> run.run(matrixCase),
          dump -> artifacts.threadDump(matrixCase.id(), dump));
    } catch (TimeoutException e) {
      return unknown(
          matrixCase,
          e.getMessage() + " Its threads are in thread-dump.txt beside its results.",
          e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return unknown(matrixCase, "The harness failed: " + cause, cause);
    }
  }

  private static CaseResult unknown(MatrixCase matrixCase, String reason, Throwable failure) {
    return new CaseResult(
        matrixCase,
        Verdict.UNKNOWN,
        reason,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        failure);
  }

  /** A request ends: sums up. */
  void end() {
    sumUp(false);
  }

  /** Nothing is reported after an interruption: systems that are stopped make cases fail. */
  private void sumUp(boolean interrupted) {
    reporting.writeLock().lock();
    try {
      if (!running || over) {
        return;
      }
      running = false;
      over = interrupted;
      Duration wall = Duration.ofNanos(System.nanoTime() - start);
      artifacts.finish(run.systems(), run.mover(), wall, interrupted);
      console.end(
          artifacts.reported(),
          artifacts.missing(),
          rerun,
          wall,
          settings.artifactDirectory(),
          interrupted);
    } finally {
      reporting.writeLock().unlock();
    }
  }

  /** The JVM goes down: keeps the results so far, then stops the systems. */
  private void interrupted() {
    try {
      attempt("The results were not summed up", () -> sumUp(true));
    } finally {
      attempt("Not everything was removed", this::stop);
    }
  }

  /** Says what failed: nobody is left to whom it could be thrown. */
  private void attempt(String otherwise, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      Stream.concat(Stream.of(e), Arrays.stream(e.getSuppressed()))
          .forEach(failure -> console.note(otherwise + ": " + failure.getMessage()));
    }
  }

  @Override
  public void close() {
    if (stop()) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  private boolean stop() {
    boolean first = closed.compareAndSet(false, true);
    if (first) {
      run.close();
    }
    return first;
  }
}
