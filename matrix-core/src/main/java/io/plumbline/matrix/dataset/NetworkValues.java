package io.plumbline.matrix.dataset;

import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Addresses in PostgreSQL's text, UUIDs and host names. */
final class NetworkValues {
  private static final List<String> INETS =
      List.of(
          "0.0.0.0",
          "0.0.0.0/0",
          "127.0.0.1",
          "127.0.0.1/8",
          "255.255.255.255",
          "10.0.0.1/8",
          "192.168.1.0/24",
          "192.168.1.1/31",
          "169.254.0.1",
          "224.0.0.1",
          "::",
          "::/0",
          "::1",
          "::1/64",
          "fe80::1",
          "fe80::1/10",
          "ff02::1",
          "2001:db8::",
          "2001:db8::1/32",
          "2001:db8::1/127",
          "2001:db8:1:2:3:4:5:6",
          "1:0:2::3",
          "::ffff:192.168.1.1",
          "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");

  private static final List<String> CIDRS =
      List.of(
          "0.0.0.0/0",
          "0.0.0.0/32",
          "10.0.0.0/8",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "192.168.1.0/24",
          "192.168.1.2/31",
          "192.168.1.1/32",
          "128.0.0.0/1",
          "255.255.255.255/32",
          "::/0",
          "::1/128",
          "8000::/1",
          "fe80::/10",
          "2001:db8::/32",
          "2001:db8:0:1::/64",
          "2001:db8::1/128",
          "::ffff:192.168.1.0/120",
          "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128");

  private static final List<UUID> UUIDS =
      Stream.of(
              "00000000-0000-0000-0000-000000000000",
              "ffffffff-ffff-ffff-ffff-ffffffffffff",
              "00000000-0000-0000-0000-000000000001",
              "80000000-0000-0000-8000-000000000000",
              "7fffffff-ffff-ffff-7fff-ffffffffffff",
              "00112233-4455-6677-8899-aabbccddeeff",
              "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
              "018f4e2a-7b1c-7d3e-9f4a-5b6c7d8e9fa0")
          .map(UUID::fromString)
          .toList();

  private static final List<String> HOSTNAMES =
      List.of(
          "a",
          "localhost",
          "example.com",
          "EXAMPLE.com",
          "xn--mnchen-3ya.de",
          "3com.example",
          "a-b.c-d.example",
          "_dmarc.example.org",
          "null",
          "trailing.dot.example.",
          "a".repeat(63) + ".example",
          ("a".repeat(49) + ".").repeat(5) + "com");

  private NetworkValues() {}

  static Recipe of(LogicalType type) {
    return switch (type) {
      case INET ->
          new Recipe(
              INETS,
              draw -> {
                boolean six = draw.chance(40);
                String host = six ? address6(draw) : address4(draw);
                return draw.chance(50) ? host : host + "/" + (1 + draw.below(six ? 127 : 31));
              });
      case CIDR -> new Recipe(CIDRS, NetworkValues::cidr);
      case MACADDR -> macs(6);
      case MACADDR8 -> macs(8);
      case UUID ->
          new Recipe(
              UUIDS,
              draw ->
                  new UUID(
                      (draw.bits() & ~0xF000L) | 0x4000L, (draw.bits() >>> 2) | Long.MIN_VALUE));
      case HOSTNAME ->
          new Recipe(
              HOSTNAMES,
              draw -> {
                String domain = draw.faker().internet().domainName();
                return draw.chance(30) ? "db" + draw.below(100) + "." + domain : domain;
              });
      default -> throw new IllegalArgumentException(type.id());
    };
  }

  private static String address4(Draw draw) {
    return "%s.%s.%s.%s"
        .formatted(1 + draw.below(223), draw.below(256), draw.below(256), draw.below(256));
  }

  /** Eight groups, none of them zero, so that nothing is abbreviated. */
  private static String address6(Draw draw) {
    return "2001:db8:"
        + IntStream.range(0, 6)
            .mapToObj(i -> Integer.toHexString(1 + draw.below(0xFFFF)))
            .collect(Collectors.joining(":"));
  }

  private static String cidr(Draw draw) {
    return switch (draw.below(4)) {
      case 0 -> "%s.0.0.0/8".formatted(1 + draw.below(223));
      case 1 -> "%s.%s.0.0/16".formatted(1 + draw.below(223), 1 + draw.below(255));
      case 2 -> "10.%s.%s.0/24".formatted(draw.below(256), 1 + draw.below(255));
      default -> "2001:db8:%s::/48".formatted(Integer.toHexString(1 + draw.below(0xFFFF)));
    };
  }

  private static Recipe macs(int length) {
    HexFormat colons = HexFormat.ofDelimiter(":");
    byte[] counted = new byte[length];
    for (int i = 0; i < length; i++) {
      counted[i] = (byte) (8 + i);
    }
    List<String> edges =
        Stream.of("00", "ff", "01", "80", "7f", "0a")
            .map(octet -> String.join(":", java.util.Collections.nCopies(length, octet)))
            .collect(Collectors.toCollection(java.util.ArrayList::new));
    edges.add(colons.formatHex(counted));
    return new Recipe(edges, draw -> colons.formatHex(draw.bytes(length)));
  }
}
