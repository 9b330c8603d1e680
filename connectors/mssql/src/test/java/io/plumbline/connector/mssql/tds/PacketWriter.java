package io.plumbline.connector.mssql.tds;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a server's messages, cut into packets of the size that the client asked for. */
final class PacketWriter {
  private static final int HEADER = 8;
  private static final int REPLY = 0x04;
  private static final int END_OF_MESSAGE = 0x01;

  private final OutputStream out;
  private byte[] packet = new byte[4096];
  private int filled = HEADER;
  private int number = 1;

  PacketWriter(OutputStream out) {
    this.out = out;
  }

  /** To be called between messages only. */
  void packetSize(int size) {
    packet = new byte[size];
  }

  int packetSize() {
    return packet.length;
  }

  PacketWriter u8(int value) throws IOException {
    if (filled == packet.length) {
      send(0);
    }
    packet[filled++] = (byte) value;
    return this;
  }

  PacketWriter u16(int value) throws IOException {
    return little(value, 2);
  }

  PacketWriter i32(int value) throws IOException {
    return little(value, 4);
  }

  PacketWriter i64(long value) throws IOException {
    return little(value, 8);
  }

  PacketWriter little(long value, int bytes) throws IOException {
    for (int shift = 0; shift < 8 * bytes; shift += 8) {
      u8((int) (value >>> shift));
    }
    return this;
  }

  PacketWriter bytes(byte[] bytes) throws IOException {
    int from = 0;
    while (from < bytes.length) {
      if (filled == packet.length) {
        send(0);
      }
      int part = Math.min(bytes.length - from, packet.length - filled);
      System.arraycopy(bytes, from, packet, filled, part);
      filled += part;
      from += part;
    }
    return this;
  }

  /** A text after its length in one byte. */
  PacketWriter shortText(String text) throws IOException {
    return u8(text.length()).bytes(utf16(text));
  }

  /** A text after its length in two bytes. */
  PacketWriter text(String text) throws IOException {
    return u16(text.length()).bytes(utf16(text));
  }

  static byte[] utf16(String text) {
    return text.getBytes(StandardCharsets.UTF_16LE);
  }

  void endMessage() throws IOException {
    send(END_OF_MESSAGE);
    out.flush();
    number = 1;
  }

  private void send(int status) throws IOException {
    packet[0] = REPLY;
    packet[1] = (byte) status;
    packet[2] = (byte) (filled >> 8);
    packet[3] = (byte) filled;
    packet[6] = (byte) number++;
    out.write(packet, 0, filled);
    filled = HEADER;
  }
}
