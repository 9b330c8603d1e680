package io.plumbline.matrix.dataset;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Booleans, bit strings and byte strings. */
final class BinaryValues {
  private static final List<String> BIT_8 =
      List.of(
          "00000000",
          "11111111",
          "00000001",
          "10000000",
          "01111111",
          "11111110",
          "01010101",
          "10101010",
          "00001111",
          "11110000");

  private static final List<String> VARBIT_64 =
      List.of(
          "",
          "0",
          "1",
          "00",
          "01",
          "10",
          "11",
          "0000000",
          "00000000",
          "00000001",
          "10000000",
          "000000001",
          "111111111",
          "0".repeat(31),
          "1".repeat(32),
          "1".repeat(33),
          "0".repeat(63),
          "0".repeat(64),
          "1".repeat(63),
          "1".repeat(64),
          "1" + "0".repeat(63),
          "0".repeat(63) + "1");

  private BinaryValues() {}

  static Recipe of(LogicalType type) {
    return switch (type) {
      case BOOLEAN -> new Recipe(List.of(false, true), draw -> draw.chance(50));
      case BIT_8 -> new Recipe(BIT_8, draw -> bits(draw, 8));
      case VARBIT_64 -> new Recipe(VARBIT_64, draw -> bits(draw, 1 + draw.below(64)));
      case BINARY_16 -> fixed(16);
      case ROWVERSION -> fixed(8);
      case VARBINARY_255 -> variable(255);
      case BLOB -> variable(10_000);
      default -> throw new IllegalArgumentException(type.id());
    };
  }

  private static String bits(Draw draw, int length) {
    StringBuilder bits = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      bits.append(draw.chance(50) ? '1' : '0');
    }
    return bits.toString();
  }

  private static Recipe fixed(int length) {
    List<Object> edges =
        Stream.of("00", "ff", "20", "30", "7f", "80", "0a", "5c", "27")
            .<Object>map(hex -> Bytes.ofHex(hex.repeat(length)))
            .collect(java.util.stream.Collectors.toCollection(ArrayList::new));
    String zeros = "00".repeat(length - 1);
    Stream.of(
            zeros + "01", "01" + zeros, "80" + zeros, "7f" + "ff".repeat(length - 1), zeros + "20")
        .map(Bytes::ofHex)
        .forEach(edges::add);
    return new Recipe(edges, draw -> Bytes.of(draw.bytes(length)));
  }

  private static Recipe variable(int maxLength) {
    List<Object> edges = new ArrayList<>();
    // Empty, zeros at both ends, blanks, quotes, line breaks, invalid UTF-8, a byte order mark.
    Stream.of(
            "",
            "00",
            "0000",
            "01",
            "0100",
            "20",
            "2020",
            "ff",
            "ffff",
            "7f",
            "80",
            "0a",
            "0d0a",
            "1a",
            "27",
            "22",
            "5c",
            "5c5c",
            "5c783030",
            "c3",
            "c328",
            "eda080",
            "f09f9880",
            "efbbbf")
        .map(Bytes::ofHex)
        .forEach(edges::add);
    edges.add(Bytes.of("NULL".getBytes(StandardCharsets.US_ASCII)));
    edges.add(Bytes.of(sequence(0, 128)));
    edges.add(Bytes.of(sequence(128, 255)));
    edges.add(Bytes.of(sequence(1, 256)));
    edges.add(Bytes.of(new byte[255]));
    if (maxLength > 255) {
      edges.add(Bytes.of(sequence(0, 256)));
      edges.add(Bytes.of(sequence(0, maxLength)));
    }
    return new Recipe(edges, draw -> Bytes.of(draw.bytes(1 + draw.below(48))));
  }

  private static byte[] sequence(int from, int to) {
    byte[] bytes = new byte[to - from];
    IntStream.range(from, to).forEach(i -> bytes[i - from] = (byte) i);
    return bytes;
  }
}
