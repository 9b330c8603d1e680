package io.plumbline.connector.debezium;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.storage.OffsetBackingStore;
import org.apache.kafka.connect.util.Callback;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Tells Debezium's engine the one position at which to begin, and forgets what it says itself. Made
 * by the engine by name.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class PrimedOffsetStore implements OffsetBackingStore {
  /** The property with the position as the engine's connector writes it, in JSON. */
  public static final String OFFSET_PROPERTY = "plumbline.offset";

  private String offset = "";

  /** Called by the engine. */
  public PrimedOffsetStore() {}

  @Override
  public void configure(WorkerConfig config) {
    offset = config.originalsStrings().getOrDefault(OFFSET_PROPERTY, "");
  }

  @Override
  public void start() {}

  @Override
  public void stop() {}

  @Override
  public Future<Map<ByteBuffer, ByteBuffer>> get(Collection<ByteBuffer> keys) {
    // Only the position, not what was processed after it: so the engine does not search the log
    // for an event it has seen, but begins right there.
    Map<ByteBuffer, ByteBuffer> offsets = new HashMap<>();
    for (ByteBuffer key : keys) {
      offsets.put(key, ByteBuffer.wrap(offset.getBytes(StandardCharsets.UTF_8)));
    }
    return CompletableFuture.completedFuture(offsets);
  }

  @Override
  @SuppressWarnings("NullAway") // Connect's callbacks take null for "no error, no result".
  public Future<Void> set(Map<ByteBuffer, ByteBuffer> values, @Nullable Callback<Void> callback) {
    if (callback != null) {
      callback.onCompletion(null, null);
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Set<Map<String, Object>> connectorPartitions(String connectorName) {
    return Set.of();
  }
}
