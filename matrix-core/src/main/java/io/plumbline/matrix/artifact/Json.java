package io.plumbline.matrix.artifact;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/** How records become JSON: snake case, declaration order, null left out, strings redacted. */
final class Json {
  private Json() {}

  /** Reads what {@link #mapper} wrote, and nothing else. */
  static JsonMapper reader() {
    return JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .build();
  }

  static JsonMapper mapper(Redaction redaction) {
    SimpleModule module = new SimpleModule();
    module.addSerializer(
        String.class,
        new StdSerializer<String>(String.class) {
          private static final long serialVersionUID = 1L;

          @Override
          public void serialize(String text, JsonGenerator json, SerializerProvider provider)
              throws IOException {
            json.writeString(redaction.apply(text));
          }
        });
    return JsonMapper.builder()
        .addModule(module)
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
        .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
        .build();
  }
}
