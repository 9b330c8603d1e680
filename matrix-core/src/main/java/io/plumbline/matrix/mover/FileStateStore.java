package io.plumbline.matrix.mover;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.registry.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.apiguardian.api.API;

/**
 * Keeps the state in a file: one line of JSON, then the key table in binary. Written to a temporary
 * file, synced, renamed; one process at a time per file.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class FileStateStore implements StateStore {
  private static final String SCHEMA = "plumbline.matrix.state/1";
  private static final ObjectMapper JSON = new ObjectMapper();
  private final String caseId;
  private final Path file;

  /** The store of a case in a file, which need not exist; its folder must. */
  public FileStateStore(String caseId, Path file) {
    this.caseId = caseId;
    this.file = file;
  }

  @Override
  public synchronized Optional<State> read() {
    byte[] content;
    try {
      if (Files.notExists(file)) {
        return Optional.empty();
      }
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("State file %s cannot be read.".formatted(file), e);
    }
    int newline = 0;
    while (newline < content.length && content[newline] != '\n') {
      newline++;
    }
    JsonNode header;
    try {
      header = JSON.readTree(content, 0, newline);
    } catch (IOException e) {
      throw damaged("its first line is not JSON", e);
    }
    byte[] keys =
        Arrays.copyOfRange(content, Math.min(newline + 1, content.length), content.length);
    if (!SCHEMA.equals(header.path("schema").asText())) {
      throw damaged("its schema is not " + SCHEMA, null);
    }
    if (!caseId.equals(header.path("case").asText())) {
      throw new InvalidInputException(
          "State file %s belongs to case '%s', not to '%s'; give each case its own file."
              .formatted(file, header.path("case").asText(), caseId));
    }
    String digest = digest((ObjectNode) header, keys);
    if (!digest.equals(header.path("sha256").asText())) {
      throw damaged("its checksum does not match, it may be truncated", null);
    }
    return Optional.of(
        new State(
            caseId,
            header.path("version").asLong(),
            new Position(entries(header.path("position"))),
            entries(header.path("marks")),
            keys));
  }

  @Override
  public synchronized void commit(State next) {
    long committed = read().map(State::version).orElse(0L);
    if (next.version() != committed + 1) {
      throw new StateConflictException(caseId, committed, next.version());
    }
    ObjectNode header = JSON.createObjectNode();
    header.put("schema", SCHEMA).put("case", next.caseId()).put("version", next.version());
    next.position().values().forEach(header.putObject("position")::put);
    next.marks().forEach(header.putObject("marks")::put);
    header.put("sha256", digest(header, next.keys()));
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        writeFully(channel, JSON.writeValueAsBytes(header));
        writeFully(channel, new byte[] {'\n'});
        writeFully(channel, next.keys());
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("State file %s cannot be written.".formatted(file), e);
    }
  }

  private static void writeFully(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static SortedMap<String, String> entries(JsonNode object) {
    SortedMap<String, String> entries = new TreeMap<>();
    object.properties().forEach(e -> entries.put(e.getKey(), e.getValue().asText()));
    return entries;
  }

  private static String digest(ObjectNode header, byte[] keys) {
    ObjectNode signed = header.deepCopy();
    signed.remove("sha256");
    try {
      return HexFormat.of()
          .formatHex(
              DigestUtils.getSha256Digest().digest(concat(JSON.writeValueAsBytes(signed), keys)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] result = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, result, a.length, b.length);
    return result;
  }

  private InvalidInputException damaged(
      String why, @org.jspecify.annotations.Nullable Exception e) {
    String message =
        "State file %s is damaged: %s; remove it to load the case from the beginning."
            .formatted(file, why);
    return e == null ? new InvalidInputException(message) : new InvalidInputException(message, e);
  }
}
