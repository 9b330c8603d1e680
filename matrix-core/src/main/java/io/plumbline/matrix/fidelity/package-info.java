/**
 * What a pair makes of values, by its declarations: type vectors that are taken through every pair,
 * and the tables that say what arrives.
 */
@NullMarked
package io.plumbline.matrix.fidelity;

import org.jspecify.annotations.NullMarked;
