/** What a connector implements, and what it declares about its types and features. */
@NullMarked
package io.plumbline.matrix.connector;

import org.jspecify.annotations.NullMarked;
