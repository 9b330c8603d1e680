/** What must be true after a round; shares no code with the mover. */
@NullMarked
package io.plumbline.matrix.oracle;

import org.jspecify.annotations.NullMarked;
