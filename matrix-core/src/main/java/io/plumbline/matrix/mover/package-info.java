/** What moves data: extract, load, reconcile, state commit. */
@NullMarked
package io.plumbline.matrix.mover;

import org.jspecify.annotations.NullMarked;
