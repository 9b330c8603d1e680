package io.plumbline.matrix.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserCacheTest {
  private static final String HOME = "/home/somebody";

  @Test
  void isWhereTheUserWantsIt() {
    assertThat(folder(Map.of("XDG_CACHE_HOME", "/caches"))).isEqualTo(Path.of("/caches/plumbline"));
  }

  @Test
  void isInTheHomeDirectoryWhenTheUserSaysNothing() {
    Path expected = Path.of("/home/somebody/.cache/plumbline");
    assertThat(folder(Map.of())).isEqualTo(expected);
    assertThat(folder(Map.of("XDG_CACHE_HOME", " "))).isEqualTo(expected);
  }

  private static Path folder(Map<String, String> environment) {
    return UserCache.of(environment, HOME).folder();
  }
}
