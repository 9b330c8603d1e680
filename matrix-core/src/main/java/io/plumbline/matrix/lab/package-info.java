/** What it takes to start real systems, to wait for them, and to leave nothing of them behind. */
@NullMarked
package io.plumbline.matrix.lab;

import org.jspecify.annotations.NullMarked;
