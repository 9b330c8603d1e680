package io.plumbline.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.run.Setting;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  @Test
  void namesEverySetting() throws IOException {
    assertThat(Repository.here().text("README.md"))
        .contains(Arrays.stream(Setting.values()).map(s -> "`" + s.property() + "`").toList());
  }
}
