package io.plumbline.matrix.cli;

import io.plumbline.matrix.registry.InvalidInputException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;

/**
 * The command {@code matrix}. Exit status 0 is success, 1 is a run that is red, 2 is input that is
 * not valid.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@Command(
    name = "matrix",
    description = "Plumbline's source to sink integration matrix.",
    mixinStandardHelpOptions = true)
public final class MatrixCommand {
  private static final int INVALID_INPUT = 2;

  private MatrixCommand() {}

  /** Runs the command and ends the JVM with its exit status. */
  @SuppressWarnings("SystemOut") // a command prints
  public static void main(String... arguments) {
    System.exit(
        run(
            List.of(arguments),
            System.getenv(),
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8)));
  }

  static int run(
      List<String> arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    CommandLine line =
        new CommandLine(new MatrixCommand())
            .addSubcommand(new ListCommand(new SelectionOptions(environment)))
            .addSubcommand(new MergeCommand(new SelectionOptions(environment)))
            .addSubcommand(new DoctorCommand(environment));
    line.setOut(out);
    line.setErr(err);
    IParameterExceptionHandler wrongArguments =
        (e, args) -> refuse(e.getCommandLine(), e.getMessage());
    IExecutionExceptionHandler failed =
        (e, command, parsed) -> {
          if (e instanceof InvalidInputException) {
            return refuse(command, e.getMessage());
          }
          throw e;
        };
    line.setParameterExceptionHandler(wrongArguments);
    line.setExecutionExceptionHandler(failed);
    return line.execute(arguments.toArray(String[]::new));
  }

  private static int refuse(CommandLine command, @Nullable String sentence) {
    command.getErr().println(sentence);
    return INVALID_INPUT;
  }
}
