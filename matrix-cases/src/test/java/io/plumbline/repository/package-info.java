/** The repository as a whole: its documentation, its workflows. */
@NullMarked
package io.plumbline.repository;

import org.jspecify.annotations.NullMarked;
