/** The command line: what there is to test, and whether a run told of all of it. */
@NullMarked
package io.plumbline.matrix.cli;

import org.jspecify.annotations.NullMarked;
