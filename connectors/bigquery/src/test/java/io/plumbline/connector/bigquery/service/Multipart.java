package io.plumbline.connector.bigquery.service;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The bodies of the parts of a multipart request. */
final class Multipart {
  private static final byte[] BLANK_LINE = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private Multipart() {}

  static List<byte[]> parts(byte[] body, String boundary) throws Refused {
    byte[] mark = ("--" + boundary).getBytes(StandardCharsets.US_ASCII);
    List<byte[]> parts = new ArrayList<>();
    int begin = find(body, mark, 0);
    int end = find(body, mark, begin + mark.length);
    while (end > 0) {
      int text = find(body, BLANK_LINE, begin) + BLANK_LINE.length;
      // The line break before a mark belongs to the mark.
      parts.add(Arrays.copyOfRange(body, text, end - 2));
      begin = end;
      end = find(body, mark, begin + mark.length);
    }
    if (parts.size() != 2) {
      throw Refused.invalid("A multipart request has two parts, not " + parts.size());
    }
    return parts;
  }

  private static int find(byte[] in, byte[] what, int from) {
    for (int at = Math.max(0, from); at + what.length <= in.length; at++) {
      if (Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
        return at;
      }
    }
    return -1;
  }
}
