package io.plumbline.connector.mssql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.apiguardian.api.API;

/**
 * Sockets whose end is bounded: the close of an encrypted one waits for a writer that is stuck,
 * without a limit unless it lingers. Made by the driver by name.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class LingeringSocketFactory extends SocketFactory {
  private static final int SECONDS = 2;

  private final SocketFactory plain = SocketFactory.getDefault();

  /** Called by the driver. */
  public LingeringSocketFactory() {}

  private static Socket lingering(Socket socket) throws IOException {
    socket.setSoLinger(true, SECONDS);
    return socket;
  }

  @Override
  public Socket createSocket() throws IOException {
    return lingering(plain.createSocket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return lingering(plain.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return lingering(plain.createSocket(host, port, from, fromPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return lingering(plain.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return lingering(plain.createSocket(host, port, from, fromPort));
  }
}
