package io.plumbline.matrix.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Pins the generator: an upgrade that changes a value is seen here first.
 *
 * <p>Canonical text: per row {@code key version} and a line feed, then per cell a tag and a line
 * feed. The tag is {@code -} for NULL, else {@code =}, the length of the value's text in
 * characters, a blank and the text; floats as the hexadecimal digits of their bits, lists as
 * compact JSON, everything else as {@code toString}. The hash is over its UTF-8.
 */
class DatasetGoldenTest {
  private static final String GOLDEN =
      "e64bb8ed7fd4c859ce014a48a3d23d28c599490cfd32a556889cd091a64ea516";

  @Test
  void theFirstThousandRowsInBothVersions() {
    assertThat(hash())
        .as(
            "The generator makes other values than before. When that is wanted, put the actual hash into %s.GOLDEN"
                + " and record the golden behaviour checksums of matrix-cases again.",
            DatasetGoldenTest.class.getSimpleName())
        .isEqualTo(GOLDEN);
  }

  @Test
  void valuesDependNeitherOnTheLocaleNorOnTheZone() {
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      // Arabic digits, a dotless i, an odd offset.
      for (String tag : List.of("ar-EG", "tr-TR")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
        assertThat(hash()).as(tag).isEqualTo(GOLDEN);
      }
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  private static String hash() {
    Dataset dataset = new Dataset(Volume.DEFAULT);
    MessageDigest sha256;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    for (long key = 1; key <= 1_000; key++) {
      for (int version = 1; version <= 2; version++) {
        StringBuilder text =
            new StringBuilder().append(key).append(' ').append(version).append('\n');
        for (Object cell : dataset.row(key, version)) {
          append(text, cell);
        }
        sha256.update(text.toString().getBytes(StandardCharsets.UTF_8));
      }
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static void append(StringBuilder text, @Nullable Object cell) {
    if (cell == null) {
      text.append("-\n");
      return;
    }
    String value = text(cell);
    text.append('=').append(value.length()).append(' ').append(value).append('\n');
  }

  private static String text(Object cell) {
    if (cell instanceof Double d) {
      return Long.toHexString(Double.doubleToLongBits(d));
    }
    if (cell instanceof Float f) {
      return Integer.toHexString(Float.floatToIntBits(f));
    }
    return cell instanceof List<?> list ? JsonText.array(list) : cell.toString();
  }
}
