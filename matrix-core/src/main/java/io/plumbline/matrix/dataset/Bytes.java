package io.plumbline.matrix.dataset;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HexFormat;
import org.apiguardian.api.API;

/** An immutable byte string; the canonical value of binary types. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class Bytes implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] content;
  private final int hash;

  private Bytes(byte[] content) {
    this.content = content;
    this.hash = Arrays.hashCode(content);
  }

  /** A copy of the given bytes. */
  public static Bytes of(byte... content) {
    return new Bytes(content.clone());
  }

  /** The bytes of a hexadecimal text. */
  public static Bytes ofHex(String hex) {
    return new Bytes(HexFormat.of().parseHex(hex));
  }

  /** A copy of the content. */
  public byte[] toArray() {
    return content.clone();
  }

  /** Number of bytes. */
  public int length() {
    return content.length;
  }

  /** Lower-case hexadecimal digits. */
  public String toHex() {
    return HexFormat.of().formatHex(content);
  }

  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return other instanceof Bytes b && Arrays.equals(content, b.content);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return "0x" + toHex();
  }
}
