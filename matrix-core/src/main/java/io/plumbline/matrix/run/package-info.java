/** Runs a case: systems, rounds, phases, checks, verdict. */
@NullMarked
package io.plumbline.matrix.run;

import org.jspecify.annotations.NullMarked;
