package io.plumbline.connector.mssql.tds;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Who logs in, to which database, and how large packets are to be. */
record Login(String user, String password, String database, int packetSize) {

  static Login of(byte[] message) {
    ByteBuffer login = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    byte[] password = field(login, 44);
    for (int i = 0; i < password.length; i++) {
      int mixed = (password[i] ^ 0xA5) & 0xFF;
      password[i] = (byte) (mixed << 4 | mixed >> 4);
    }
    String database = text(field(login, 68));
    int packetSize = login.getInt(8);
    return new Login(
        text(field(login, 40)),
        text(password),
        database.isEmpty() ? "master" : database,
        packetSize < 512 || packetSize > 32767 ? 4096 : packetSize);
  }

  private static byte[] field(ByteBuffer login, int at) {
    byte[] field = new byte[2 * login.getShort(at + 2)];
    login.get(login.getShort(at), field);
    return field;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_16LE);
  }

  /** As records say themselves, but for the password. */
  @Override
  public String toString() {
    return "Login[" + user + " to " + database + "]";
  }
}
