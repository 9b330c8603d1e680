package io.plumbline.matrix.engine;

import io.plumbline.matrix.artifact.FailureMessage;
import io.plumbline.matrix.artifact.Outcome;
import io.plumbline.matrix.mover.PhaseLedger;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.RoundResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.hierarchical.EngineExecutionContext;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** What the cases of a request share, and how a result becomes an outcome of JUnit. */
final class RunContext implements EngineExecutionContext {
  private final @Nullable MatrixSession session;
  private final @Nullable Throwable problem;
  private final EngineExecutionListener listener;
  private final Attachments attachments;
  private final Set<CaseId> taken = ConcurrentHashMap.newKeySet();

  private RunContext(
      @Nullable MatrixSession session,
      @Nullable Throwable problem,
      EngineExecutionListener listener,
      Attachments attachments) {
    this.session = session;
    this.problem = problem;
    this.listener = listener;
    this.attachments = attachments;
  }

  static RunContext of(
      MatrixSession session, EngineExecutionListener listener, Attachments attachments) {
    return new RunContext(session, null, listener, attachments);
  }

  /** Every case fails with the problem, by name; a container's failure would not be seen. */
  static RunContext broken(Throwable problem, EngineExecutionListener listener) {
    return new RunContext(null, problem, listener, Attachments.NONE);
  }

  /** A request without cases. */
  static RunContext empty(EngineExecutionListener listener) {
    return new RunContext(null, null, listener, Attachments.NONE);
  }

  void run(CaseDescriptor descriptor) throws InterruptedException {
    MatrixSession running = session;
    if (running == null) {
      throw new BrokenLabException(
          problem == null ? "There is no run." : String.valueOf(problem.getMessage()), problem);
    }
    if (!taken.add(descriptor.matrixCase().id())) {
      throw new BrokenLabException(
          "%s stands in more than one suite; allowed is one."
              .formatted(descriptor.matrixCase().id()),
          null);
    }
    MatrixSession.Ended ended = running.run(descriptor);
    CaseResult result = ended.reported().result();
    publish(descriptor, result);
    for (Path file : attachments.of(descriptor, ended.files())) {
      listener.fileEntryPublished(descriptor, FileEntry.from(file, mediaType(file)));
    }
    raise(result, FailureMessage.of(result, running.rerun()));
  }

  private static String mediaType(Path file) {
    return file.toString().endsWith(".yaml") ? "application/yaml" : "application/json";
  }

  void end() {
    if (session != null) {
      session.end();
    }
  }

  private void publish(CaseDescriptor descriptor, CaseResult result) {
    for (RoundResult round : result.rounds()) {
      for (PhaseLedger.Entry phase : round.phases()) {
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("round", round.name());
        entry.put("unit", phase.unit());
        entry.put("phase", phase.phase().id());
        entry.put("rows", Long.toString(phase.rows()));
        entry.put("bytes", Long.toString(phase.bytes()));
        entry.put(
            "millis",
            phase.end() == null
                ? "not ended"
                : Long.toString(Duration.between(phase.start(), phase.end()).toMillis()));
        listener.reportingEntryPublished(descriptor, ReportEntry.from(entry));
      }
    }
  }

  private static void raise(CaseResult result, String message) {
    switch (Outcome.of(result)) {
      case SUCCESS -> {}
      case SKIPPED -> throw new TestAbortedException(result.reason());
      case FAILURE -> throw new AssertionFailedError(message, result.failure());
      case ERROR -> throw new BrokenLabException(message, result.failure());
    }
  }
}
