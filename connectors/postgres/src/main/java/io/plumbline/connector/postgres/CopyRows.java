package io.plumbline.connector.postgres;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;

/**
 * The rows of {@code COPY … TO STDOUT (FORMAT binary)}. The server sends whole rows in each
 * message, the header in front of the first.
 */
final class CopyRows {
  private static final int SIGNATURE = 11;
  private static final int TRAILER = -1;

  private final Session session;
  private final CopyOut copy;
  private byte[] message = new byte[0];
  private int at;
  private boolean headerRead;
  private boolean ended;

  CopyRows(Session session, String select) {
    this.session = session;
    try {
      this.copy = session.copy().copyOut("COPY (" + select + ") TO STDOUT (FORMAT binary)");
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  /** Moves to the next row; false when there is none. */
  boolean next() {
    while (!ended) {
      if (at == message.length) {
        byte[] received = receive();
        if (received == null) {
          ended = true;
          return false;
        }
        message = received;
        at = headerRead ? 0 : afterHeader();
        headerRead = true;
      } else if (BinaryDecoder.int2(message, at) == TRAILER) {
        at += Short.BYTES;
      } else {
        at += Short.BYTES;
        return true;
      }
    }
    return false;
  }

  private int afterHeader() {
    int extension = BinaryDecoder.int4(message, SIGNATURE + Integer.BYTES);
    return SIGNATURE + 2 * Integer.BYTES + extension;
  }

  private byte @Nullable [] receive() {
    try {
      return copy.readFromCopy();
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  /** Where the row's cells begin: lengths and bytes. */
  byte[] message() {
    return message;
  }

  int position() {
    return at;
  }

  void moveTo(int position) {
    at = position;
  }
}
