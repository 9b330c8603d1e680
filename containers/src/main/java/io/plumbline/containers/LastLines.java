package io.plumbline.containers;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.testcontainers.containers.output.OutputFrame;

/**
 * The last lines that a container wrote; a container that failed is gone before it could be asked.
 */
final class LastLines implements Consumer<OutputFrame> {
  private static final int LINES = 50;

  private final Deque<String> lines = new ArrayDeque<>();

  @Override
  public synchronized void accept(OutputFrame frame) {
    frame.getUtf8String().lines().forEach(this::add);
  }

  private void add(String line) {
    if (lines.size() == LINES) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }
}
