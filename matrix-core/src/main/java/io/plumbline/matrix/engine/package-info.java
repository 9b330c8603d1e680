/** The JUnit Platform engine; the only package that knows JUnit. */
@NullMarked
package io.plumbline.matrix.engine;

import org.jspecify.annotations.NullMarked;
