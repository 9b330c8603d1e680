package io.plumbline.connector.kafka;

import io.plumbline.connector.json.JsonSchema;
import io.plumbline.connector.json.JsonTypes;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.Trait;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.registry.Family;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * The Kafka family: topics of keyed JSON events. To Kafka a key and a value are bytes, so what is
 * declared is what the JSON of a record carries ({@link JsonTypes}). Key, headers and the value
 * that is null are those of the page <i>Message Format</i> (<a
 * href="https://kafka.apache.org/41/implementation/message-format">kafka.apache.org/41/implementation/message-format</a>),
 * the size of a record batch and its limit {@code max.message.bytes} of the page <i>Topic-Level
 * Configs</i> (<a
 * href="https://kafka.apache.org/40/configuration/topic-level-configs">kafka.apache.org/40/configuration/topic-level-configs</a>).
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class KafkaConnector implements Connector {
  static final Family FAMILY = new Family("kafka");
  private final TypeMapping sourceTypes = JsonTypes.of(FAMILY, Role.SOURCE);
  private final TypeMapping sinkTypes = JsonTypes.of(FAMILY, Role.SINK);

  private final Duration silence;

  /** Called by {@link java.util.ServiceLoader}. */
  public KafkaConnector() {
    this(Endpoint.SILENCE);
  }

  /**
   * A connector of another patience.
   *
   * @param silence how long a broker that the run did not start itself may be silent before the lab
   *     counts as broken
   */
  public KafkaConnector(Duration silence) {
    this.silence = silence;
  }

  @Override
  public Family family() {
    return FAMILY;
  }

  @Override
  public Trait trait() {
    return Trait.EVENT_LOG;
  }

  @Override
  public Set<Feature> features() {
    return Set.of(
        Feature.SNAPSHOT,
        Feature.CURSOR,
        Feature.SLICES,
        Feature.REPLACE_ALL,
        Feature.APPEND,
        Feature.MERGE,
        Feature.REPLACE_WINDOW);
  }

  @Override
  public TypeMapping sourceTypes() {
    return sourceTypes;
  }

  @Override
  public TypeMapping sinkTypes() {
    return sinkTypes;
  }

  @Override
  public String targetDefinition(String name, List<ColumnContract> columns, TargetLayout layout) {
    return JsonSchema.ofTarget(name, columns);
  }

  @Override
  public List<SystemProvider> providers() {
    return List.of(new EmbeddedKafkaProvider());
  }

  /**
   * Connects to brokers that listen without encryption; as a user, by SASL/PLAIN.
   *
   * @param external with the addresses of some brokers, {@code host:port,host:port}
   */
  @Override
  public RunningSystem connect(ExternalEndpoint external) {
    Endpoint endpoint = Endpoint.of(external, silence);
    return new KafkaSystem(endpoint, endpoint.version(), EvidenceLevel.EXTERNAL, () -> {});
  }

  @Override
  public String sourceDefinition(String name, List<ColumnContract> columns) {
    return JsonSchema.ofSource(name, columns);
  }
}
