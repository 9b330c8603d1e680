package io.plumbline.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An address at which an engine answers, until it does not any longer. */
final class EngineRelay implements AutoCloseable {
  private final ServerSocketChannel server;
  private final URI engine;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

  /**
   * Listens on a port of its own.
   *
   * @param engine where it really is
   */
  EngineRelay(URI engine) {
    this.engine = engine;
    try {
      this.server = ServerSocketChannel.open();
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /** As {@code DOCKER_HOST} has it. */
  String address() {
    return "tcp://127.0.0.1:" + server.socket().getLocalPort();
  }

  private SocketChannel connect() throws IOException {
    boolean unix = "unix".equals(engine.getScheme());
    SocketAddress address =
        unix
            ? UnixDomainSocketAddress.of(Path.of(engine.getPath()))
            : new InetSocketAddress(engine.getHost(), engine.getPort());
    SocketChannel channel =
        unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
    channel.connect(address);
    return channel;
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel client = server.accept();
        open.add(client);
        SocketChannel behind = connect();
        open.add(behind);
        daemon(() -> pump(client, behind));
        daemon(() -> pump(behind, client));
      } catch (IOException e) {
        // It was closed.
      }
    }
  }

  /** Until one of the two ends; then both end. */
  private static void pump(SocketChannel from, SocketChannel to) {
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    try (from;
        to) {
      while (from.read(bytes) >= 0) {
        bytes.flip();
        while (bytes.hasRemaining()) {
          to.write(bytes);
        }
        bytes.clear();
      }
    } catch (IOException e) {
      // The other direction sees it too.
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "plumbline-engine-relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (SocketChannel channel : open) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
