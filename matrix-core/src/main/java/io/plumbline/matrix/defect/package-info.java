/** Seeded defects: the harness proves that its checks can fail. */
@NullMarked
package io.plumbline.matrix.defect;

import org.jspecify.annotations.NullMarked;
