package io.plumbline.connector.mssql.tds;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A client's messages, read by a thread of their own, so that a request to cancel is seen while a
 * statement runs.
 */
final class PacketReader {
  static final int ATTENTION = 0x06;
  private static final int HEADER = 8;
  private static final int END_OF_MESSAGE = 0x01;
  private static final int IGNORE = 0x02;
  private static final int END_OF_STREAM = -1;

  private final DataInputStream in;
  private final Runnable interrupt;
  private final BlockingQueue<Packet> packets = new LinkedBlockingQueue<>(64);
  private Packet packet = new Packet(END_OF_STREAM, END_OF_MESSAGE, new byte[0]);
  private int position;

  private record Packet(int type, int status, byte[] body) {
    boolean last() {
      return (status & END_OF_MESSAGE) != 0;
    }
  }

  /** The client changed its mind while it sent a message, of which nothing is to be done. */
  static final class Withdrawn extends IOException {
    private static final long serialVersionUID = 1;

    Withdrawn() {
      super("the client withdrew its message");
    }
  }

  /** {@code interrupt} is run when the client cancels, and when it is gone. */
  PacketReader(InputStream in, Runnable interrupt) {
    this.in = new DataInputStream(in);
    this.interrupt = interrupt;
  }

  /** What the thread does: ends with the stream. */
  void pump() {
    try {
      try {
        while (true) {
          Packet read = read();
          if (read.type() == ATTENTION) {
            interrupt.run();
          }
          packets.put(read);
        }
      } catch (IOException e) {
        interrupt.run();
        packets.put(new Packet(END_OF_STREAM, END_OF_MESSAGE, new byte[0]));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Packet read() throws IOException {
    int type = in.readUnsignedByte();
    int status = in.readUnsignedByte();
    byte[] body = new byte[in.readUnsignedShort() - HEADER];
    in.readInt();
    in.readFully(body);
    return new Packet(type, status, body);
  }

  /** Waits for a message and says its type. */
  int nextMessage() throws IOException {
    take();
    return packet.type();
  }

  private void take() throws IOException {
    try {
      packet = packets.take();
      position = 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EOFException("interrupted");
    }
    if (packet.type() == END_OF_STREAM) {
      // Whoever asks again is told again.
      packets.offer(packet);
      throw new EOFException("the client is gone");
    }
    if ((packet.status() & IGNORE) != 0) {
      position = packet.body().length;
      throw new Withdrawn();
    }
  }

  boolean atEnd() throws IOException {
    while (position == packet.body().length) {
      if (packet.last()) {
        return true;
      }
      take();
    }
    return false;
  }

  /** Skips what is left of the message. */
  void finish() throws IOException {
    while (!packet.last()) {
      take();
    }
    position = packet.body().length;
  }

  int peek() throws IOException {
    if (atEnd()) {
      throw new IOException("a message ends too early");
    }
    return packet.body()[position] & 0xFF;
  }

  int u8() throws IOException {
    int value = peek();
    position++;
    return value;
  }

  int u16() throws IOException {
    return (int) little(2);
  }

  int i32() throws IOException {
    return (int) little(4);
  }

  long i64() throws IOException {
    return little(8);
  }

  private long little(int bytes) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 8 * bytes; shift += 8) {
      value |= (long) u8() << shift;
    }
    return value;
  }

  byte[] bytes(int length) throws IOException {
    byte[] bytes = new byte[length];
    int filled = 0;
    while (filled < length) {
      peek();
      int part = Math.min(length - filled, packet.body().length - position);
      System.arraycopy(packet.body(), position, bytes, filled, part);
      filled += part;
      position += part;
    }
    return bytes;
  }

  byte[] rest() throws IOException {
    var bytes = new ByteArrayOutputStream();
    while (!atEnd()) {
      bytes.write(packet.body(), position, packet.body().length - position);
      position = packet.body().length;
    }
    return bytes.toByteArray();
  }

  String text(int characters) throws IOException {
    return new String(bytes(2 * characters), StandardCharsets.UTF_16LE);
  }

  /** Before a batch and a call: which transaction it belongs to, of no interest here. */
  void skipHeaders() throws IOException {
    bytes(i32() - 4);
  }
}
