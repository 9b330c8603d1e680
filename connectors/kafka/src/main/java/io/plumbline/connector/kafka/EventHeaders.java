package io.plumbline.connector.kafka;

import io.plumbline.matrix.connector.Op;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of an event say: the operation, the load, and what the load's generation
 * replaces. A tombstone has no operation. Texts are UTF-8.
 *
 * <p>A record without a key opens a generation: what it names in {@code scope} is empty from there
 * on, everything for {@code *}. Without a scope it takes back what an earlier attempt of the same
 * load wrote.
 */
final class EventHeaders {
  static final String OP = "op";
  static final String LOAD_ID = "load_id";
  static final String SCOPE = "scope";
  static final String EVERYTHING = "*";

  private EventHeaders() {}

  static List<Header> of(@Nullable Op op, String loadId, String scope) {
    List<Header> headers = new ArrayList<>();
    if (op != null) {
      headers.add(header(OP, op.id()));
    }
    headers.add(header(LOAD_ID, loadId));
    if (!scope.isEmpty()) {
      headers.add(header(SCOPE, scope));
    }
    return List.copyOf(headers);
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /** The text of a header; empty when there is none. */
  static String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
