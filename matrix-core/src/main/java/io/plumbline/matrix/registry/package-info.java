/**
 * What there is to test: the cube of source, sink and strategy, and the selection a run makes from
 * it.
 */
@NullMarked
package io.plumbline.matrix.registry;

import org.jspecify.annotations.NullMarked;
