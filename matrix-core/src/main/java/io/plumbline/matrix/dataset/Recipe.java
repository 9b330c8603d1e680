package io.plumbline.matrix.dataset;

import java.util.List;
import java.util.function.Function;

/**
 * How the values of a logical type are made.
 *
 * @param edges the values most likely to be mistreated
 * @param realistic makes one more value; may repeat itself
 */
record Recipe(List<?> edges, Function<Draw, Object> realistic) {}
