package io.plumbline.matrix.cli;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.EndpointProvider;
import io.plumbline.matrix.run.Settings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what is installed and which families can be had in which run mode. */
@Command(
    name = "doctor",
    description = "Says what is installed, and which families can be had in which run mode.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  /**
   * Of this machine.
   *
   * @param environment environment variables, which may say that a system is external
   */
  DoctorCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Machine machine = Machine.ofJvm();
    Settings settings = new Settings(machine.properties(), environment, Map.of());
    Doctor doctor =
        new Doctor(
            machine,
            services(Connector.class),
            services(EndpointProvider.class),
            settings.runSettings().systems().external().keySet());
    if (spec != null) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(doctor.report());
      out.flush();
    }
    return 0;
  }

  private static <T> List<T> services(Class<T> type) {
    return ServiceLoader.load(type).stream().map(ServiceLoader.Provider::get).toList();
  }
}
