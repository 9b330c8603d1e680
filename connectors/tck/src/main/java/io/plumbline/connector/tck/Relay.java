package io.plumbline.connector.tck;

import io.plumbline.matrix.lab.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.apiguardian.api.API;

/**
 * An address on the loopback interface that stays while the server behind it changes its port; and
 * a network that can be cut.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class Relay implements AutoCloseable {
  private final ServerSocket server;
  private final IntSupplier target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Deadline cut = Deadline.in(Duration.ZERO);

  /**
   * Listens on a port of its own.
   *
   * @param target the port to which a new connection goes
   */
  public Relay(IntSupplier target) {
    this.target = target;
    try {
      this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept).start();
  }

  /** Where it listens. */
  public int port() {
    return server.getLocalPort();
  }

  /** Lets nothing through for a while; then what was sent arrives. */
  public void cut(Duration duration) {
    cut = Deadline.in(duration);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        daemon(() -> connect(client)).start();
      } catch (IOException e) {
        // It was closed.
      }
    }
  }

  private void connect(Socket client) {
    try (client;
        Socket behind = new Socket(InetAddress.getLoopbackAddress(), target.getAsInt())) {
      open.add(behind);
      Thread answers = daemon(() -> pump(behind, client));
      answers.start();
      pump(client, behind);
      answers.join();
      open.remove(behind);
    } catch (IOException e) {
      // Nobody is behind it: the client sees its connection end.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  /** Until one of the two ends; then both end. */
  private void pump(Socket from, Socket to) {
    byte[] bytes = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        cut.await(server::isClosed);
        to.getOutputStream().write(bytes, 0, read);
      }
    } catch (IOException e) {
      // The other direction sees it too.
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "plumbline-relay");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
