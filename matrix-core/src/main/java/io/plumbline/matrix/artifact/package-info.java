/** What a run leaves: behaviour, summary, index, JUnit XML. */
@NullMarked
package io.plumbline.matrix.artifact;

import org.jspecify.annotations.NullMarked;
