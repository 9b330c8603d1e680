package io.plumbline.connector.mssql.tds;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One client's connection: a thread that answers, and one that reads. */
final class TdsSession {
  private static final int BATCH = 0x01;
  private static final int CALLS = 0x03;
  private static final int BULK_LOAD = 0x07;
  private static final int LOGIN = 0x10;
  private static final int PRELOGIN = 0x12;

  private final Socket socket;
  private final TdsFront.Backend backend;
  private final UnaryOperator<String> translation;
  private final Consumer<String> received;
  private final Semaphore definitions;
  private final Interrupt interrupt = new Interrupt();
  private final PacketReader in;
  private final PacketWriter out;
  private final Tokens tokens;
  private final Thread reading;
  private final Thread answering;

  TdsSession(
      Socket socket,
      TdsFront.Backend backend,
      UnaryOperator<String> translation,
      Consumer<String> received,
      Consumer<TdsSession> ended,
      Semaphore definitions)
      throws IOException {
    this.socket = socket;
    this.backend = backend;
    this.translation = translation;
    this.received = received;
    this.definitions = definitions;
    socket.setTcpNoDelay(true);
    in = new PacketReader(socket.getInputStream(), interrupt::request);
    out = new PacketWriter(socket.getOutputStream());
    tokens = new Tokens(out);
    reading = new Thread(in::pump, "tds-reader");
    reading.setDaemon(true);
    answering =
        new Thread(
            () -> {
              run();
              ended.accept(this);
            },
            "tds-session");
    answering.setDaemon(true);
  }

  void start() {
    reading.start();
    answering.start();
  }

  /** Cuts the connection; the threads end soon after. */
  void cut() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is as closed as it gets.
    }
  }

  void join() {
    try {
      answering.join(10_000);
      reading.join(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      serve();
    } catch (EOFException | SocketException e) {
      // The client left, or was cut off.
    } catch (IOException | RuntimeException e) {
      confess(e);
    } finally {
      cut();
      reading.interrupt();
    }
  }

  /** What this server does not know of the protocol is to be seen where the client is used. */
  private void confess(Exception e) {
    try {
      tokens.error(50000, "the test server failed: " + e);
      tokens.done(Tokens.DONE, Tokens.ERROR, 0);
      tokens.endMessage();
    } catch (IOException gone) {
      // Nobody is there to be told.
    }
  }

  private void serve() throws IOException {
    expect(PRELOGIN);
    in.finish();
    tokens.prelogin();
    expect(LOGIN);
    Login login = Login.of(in.rest());
    try (Connection connection = backend.open(login.user(), login.password());
        Requests requests =
            new Requests(
                connection,
                backend::commit,
                translation,
                received,
                interrupt,
                tokens,
                definitions)) {
      tokens.environment(1, login.database());
      tokens.collation();
      tokens.environment(2, "us_english");
      tokens.loginAcknowledged();
      tokens.environment(4, Integer.toString(login.packetSize()));
      tokens.noFeatures();
      tokens.done(Tokens.DONE, 0, 0);
      tokens.endMessage();
      out.packetSize(login.packetSize());
      answer(requests);
    } catch (SQLException e) {
      tokens.error(18456, "Login failed for user '" + login.user() + "'. " + e.getMessage());
      tokens.done(Tokens.DONE, Tokens.ERROR, 0);
      tokens.endMessage();
    }
  }

  private void expect(int type) throws IOException {
    int message = in.nextMessage();
    if (message != type) {
      throw new IOException("a message of type %d instead of %d".formatted(message, type));
    }
  }

  private void answer(Requests requests) throws IOException {
    while (true) {
      try {
        answer(in.nextMessage(), requests);
      } catch (PacketReader.Withdrawn e) {
        tokens.done(Tokens.DONE, Tokens.ERROR, 0);
      }
      tokens.endMessage();
    }
  }

  private void answer(int message, Requests requests) throws IOException {
    switch (message) {
      case BATCH -> {
        in.skipHeaders();
        requests.batch(new String(in.rest(), StandardCharsets.UTF_16LE));
      }
      case CALLS -> requests.calls(RpcCall.readAll(in));
      case BULK_LOAD -> requests.bulkLoad(in);
      case PacketReader.ATTENTION -> {
        interrupt.acknowledge();
        tokens.done(Tokens.DONE, Tokens.ATTENTION, 0);
      }
      default -> throw new IOException("a message of type %d".formatted(message));
    }
  }
}
