package io.plumbline.matrix.dataset;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Geometry in PostgreSQL's text: shortest-precise floats, the box's upper right corner first. */
final class SpatialValues {
  private static final List<String> POINTS =
      List.of(
          "(0,0)",
          "(-0,0)",
          "(1,-1)",
          "(1.5,-2)",
          "(0.1,0.2)",
          "(0.30000000000000004,-0.1)",
          "(180,90)",
          "(-180,-90)",
          "(0.0001,-0.0001)",
          "(1e-05,-1e-05)",
          "(100000000000000,-100000000000000)",
          "(1e+15,-1e+15)",
          "(1e+300,-1e-300)",
          "(1.7976931348623157e+308,-1.7976931348623157e+308)",
          "(9.007199254740991e+15,-9.007199254740991e+15)",
          "(Infinity,-Infinity)",
          "(NaN,NaN)");

  private static final List<String> SEGMENTS =
      List.of(
          "[(0,0),(0,0)]",
          "[(0,0),(1,1)]",
          "[(1,1),(0,0)]",
          "[(-0,0),(0,-0)]",
          "[(-180,-90),(180,90)]",
          "[(0.1,0.2),(0.30000000000000004,-0.1)]",
          "[(1e-05,0),(1e+15,0)]",
          "[(-Infinity,0),(Infinity,0)]");

  private static final List<String> BOXES =
      List.of(
          "(0,0),(0,0)",
          "(1,1),(0,0)",
          "(1,1),(-1,-1)",
          "(1.5,2),(-1.5,-2)",
          "(180,90),(-180,-90)",
          "(0.30000000000000004,0.2),(0.1,-0.1)",
          "(1e+15,1e-05),(-1e+15,-1e-05)",
          "(Infinity,Infinity),(-Infinity,-Infinity)");

  private static final List<String> PATHS =
      List.of(
          "((0,0))",
          "[(0,0)]",
          "((0,0),(1,1))",
          "[(0,0),(1,1)]",
          "[(0,0),(1,1),(0,0)]",
          "((0,0),(1,1),(0,0))",
          "[(0.1,0.2),(0.30000000000000004,-0.1)]",
          "((-180,-90),(180,-90),(180,90),(-180,90))",
          "[(1e-05,0),(1e+15,0)]");

  private static final List<String> POLYGONS =
      List.of(
          "((0,0))",
          "((0,0),(1,1))",
          "((0,0),(0,1),(1,1),(1,0))",
          "((0,0),(1,1),(0,1),(1,0))",
          "((0.1,0.2),(0.30000000000000004,-0.1),(0,0))",
          "((-180,-90),(180,-90),(180,90),(-180,90))",
          "((1e-05,0),(1e+15,0),(0,1e+300))");

  private static final List<String> CIRCLES =
      List.of(
          "<(0,0),0>",
          "<(0,0),1>",
          "<(1.5,-2),0.5>",
          "<(-180,90),0.0001>",
          "<(0.1,0.2),0.30000000000000004>",
          "<(1e-05,1e+15),1e+300>",
          "<(0,0),Infinity>");

  private SpatialValues() {}

  static Recipe of(LogicalType type) {
    return switch (type) {
      case POINT -> new Recipe(POINTS, SpatialValues::point);
      case SEGMENT -> new Recipe(SEGMENTS, draw -> "[" + points(draw, 2) + "]");
      case BOX -> new Recipe(BOXES, SpatialValues::box);
      case PATH ->
          new Recipe(
              PATHS,
              draw -> {
                String points = points(draw, 2 + draw.below(4));
                return draw.chance(50) ? "[" + points + "]" : "(" + points + ")";
              });
      case POLYGON -> new Recipe(POLYGONS, draw -> "(" + points(draw, 3 + draw.below(4)) + ")");
      case CIRCLE ->
          new Recipe(
              CIRCLES, draw -> "<" + point(draw) + "," + plain(1 + draw.below(99_999)) + ">");
      default -> throw new IllegalArgumentException(type.id());
    };
  }

  private static String point(Draw draw) {
    return "("
        + plain(draw.below(3_600_001) - 1_800_000)
        + ","
        + plain(draw.below(1_800_001) - 900_000)
        + ")";
  }

  private static String points(Draw draw, int count) {
    return join(count, i -> point(draw));
  }

  private static String join(int count, IntFunction<String> part) {
    return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(","));
  }

  private static String box(Draw draw) {
    int x = draw.below(1_800_000);
    int y = draw.below(900_000);
    return "(%s,%s),(%s,%s)"
        .formatted(
            plain(x), plain(y), plain(x - draw.below(1_800_000)), plain(y - draw.below(900_000)));
  }

  /** Four decimals at most: such a number is its own shortest-precise text. */
  private static String plain(int tenThousandths) {
    return tenThousandths == 0
        ? "0"
        : BigDecimal.valueOf(tenThousandths, 4).stripTrailingZeros().toPlainString();
  }
}
