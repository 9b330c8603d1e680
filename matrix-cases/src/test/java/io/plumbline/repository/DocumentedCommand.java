package io.plumbline.repository;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A command that a page tells its readers to run.
 *
 * @param where page and line
 * @param text the command on one line
 * @param fails true when the page says that it fails
 * @param output the page's next block of output; empty when there is none
 */
record DocumentedCommand(String where, String text, boolean fails, String output) {
  private static final String SHELL = "sh";
  private static final String FAILING_SHELL = "sh fails";
  private static final String OUTPUT = "text";
  private static final List<String> OTHERS =
      List.of("java", "yaml", "json", "xml", "sql", "properties", "mermaid");

  /** How a command line begins; whatever begins so must be fenced as one. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?:\\$ )?(?:[A-Z][A-Z_]*=\\S* )*(?:mvn|java|npx|npm|node|bash|git|cd|docker|docker-compose|sed|cat|set|export|\\.|\\./\\S+) .*");

  /**
   * The commands of a page: every line of its shell blocks, and code inside sentences that looks
   * like a command.
   *
   * @param problems gets what keeps a command from being seen
   */
  static List<DocumentedCommand> of(String name, MarkdownPage page, List<String> problems) {
    List<DocumentedCommand> commands = new ArrayList<>();
    for (int i = 0; i < page.fences().size(); i++) {
      MarkdownPage.Fence fence = page.fences().get(i);
      String where = name + ":" + fence.line();
      switch (fence.language()) {
        case SHELL, FAILING_SHELL -> {
          boolean fails = fence.language().equals(FAILING_SHELL);
          String output = output(page.fences(), i + 1);
          if (fails && output.isBlank()) {
            problems.add(
                where + " fails, and the page does not show with what (```text behind it)");
          }
          lines(fence.text()).stream()
              .map(line -> new DocumentedCommand(where, line, fails, output))
              .forEach(commands::add);
        }
        case OUTPUT ->
            fence
                .text()
                .lines()
                .filter(line -> COMMAND.matcher(line).matches())
                .forEach(line -> problems.add(where + " has a command among output: " + line));
        default -> {
          if (!OTHERS.contains(fence.language())) {
            problems.add(
                "%s is fenced as '%s'; allowed are %s for commands, '%s' for those that must fail, %s for output, %s"
                    .formatted(
                        where,
                        fence.language(),
                        SHELL,
                        FAILING_SHELL,
                        OUTPUT,
                        String.join(", ", OTHERS)));
          }
        }
      }
    }
    page.code().stream()
        .filter(code -> COMMAND.matcher(code).matches())
        .map(code -> new DocumentedCommand(name, code, false, ""))
        .forEach(commands::add);
    return commands;
  }

  private static String output(List<MarkdownPage.Fence> fences, int next) {
    return Optional.of(next)
        .filter(i -> i < fences.size())
        .map(fences::get)
        .filter(fence -> fence.language().equals(OUTPUT))
        .map(MarkdownPage.Fence::text)
        .orElse("");
  }

  /** The lines of a script; a backslash at the end goes on, comments are none. */
  private static List<String> lines(String script) {
    return script
        .replace("\\\n", " ")
        .lines()
        .map(line -> line.strip().replaceAll(" +", " "))
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }
}
