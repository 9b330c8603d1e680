package io.plumbline.connector.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A broker and its controller in a JVM of their own. Says on its output that it is ready, and which
 * version it is; ends when its input ends, so that it never outlives whoever started it.
 */
final class BrokerMain {
  static final String READY = "ready ";
  private static final String CONTROLLER = "CONTROLLER";

  private BrokerMain() {}

  /** Takes the log directory, the broker's port and the controller's port. */
  public static void main(String[] arguments) throws Exception {
    Logger.getLogger("").setLevel(Level.WARNING);
    try {
      boolean again = Files.exists(Path.of(arguments[0], "meta.properties"));
      if (!again) {
        format(arguments[0]);
      }
      Properties settings = settings(arguments[0], arguments[1], arguments[2]);
      if (again) {
        // It waits until the session it was killed in has ended.
        settings.setProperty("broker.heartbeat.interval.ms", "500");
        settings.setProperty("broker.session.timeout.ms", "3000");
      }
      new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM).startup();
    } catch (Exception e) {
      // What was started already would keep the JVM alive.
      e.printStackTrace();
      System.err.println(e);
      Runtime.getRuntime().halt(1);
    }
    System.out.println(READY + AppInfoParser.getVersion());
    awaitEndOfInput();
    // Whoever started it removes its files; there is nothing worth an orderly end.
    Runtime.getRuntime().halt(0);
  }

  private static void awaitEndOfInput() throws IOException {
    while (System.in.read() >= 0) {
      // Nobody says anything; the end is all that counts.
    }
  }

  private static void format(String directory) throws Exception {
    new Formatter()
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(1)
        .setControllerListenerName(CONTROLLER)
        .setMetadataLogDirectory(directory)
        .setDirectories(List.of(directory))
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .run();
  }

  private static Properties settings(String directory, String brokerPort, String controllerPort) {
    Properties settings = new Properties();
    settings.setProperty("process.roles", "broker,controller");
    settings.setProperty("node.id", "1");
    settings.setProperty(
        "listeners",
        "PLAINTEXT://127.0.0.1:%s,%s://127.0.0.1:%s"
            .formatted(brokerPort, CONTROLLER, controllerPort));
    settings.setProperty("controller.listener.names", CONTROLLER);
    settings.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    settings.setProperty("log.dirs", directory);
    // Nothing appears that nobody made, and everything stays until somebody removes it.
    settings.setProperty("auto.create.topics.enable", "false");
    settings.setProperty("log.retention.ms", "-1");
    settings.setProperty("log.segment.delete.delay.ms", "0");
    settings.setProperty("message.max.bytes", "16777216");
    // One node holds every replica.
    settings.setProperty("offsets.topic.replication.factor", "1");
    settings.setProperty("offsets.topic.num.partitions", "1");
    settings.setProperty("transaction.state.log.replication.factor", "1");
    settings.setProperty("transaction.state.log.min.isr", "1");
    settings.setProperty("transaction.state.log.num.partitions", "1");
    settings.setProperty("share.coordinator.state.topic.replication.factor", "1");
    settings.setProperty("share.coordinator.state.topic.min.isr", "1");
    // Nobody could take over; and a machine that is busy for long does not cost a case its topics.
    settings.setProperty("broker.session.timeout.ms", "60000");
    // Two cores are shared with the mover and the harness.
    settings.setProperty("num.network.threads", "2");
    settings.setProperty("num.io.threads", "2");
    settings.setProperty("background.threads", "2");
    settings.setProperty("log.cleaner.dedupe.buffer.size", "4194304");
    settings.setProperty("log.cleaner.backoff.ms", "1000");
    return settings;
  }
}
