/** The documented volume: every cell is a pure function of seed, column, key and version. */
@NullMarked
package io.plumbline.matrix.dataset;

import org.jspecify.annotations.NullMarked;
