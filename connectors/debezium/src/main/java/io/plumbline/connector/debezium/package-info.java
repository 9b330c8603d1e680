/** Debezium's embedded engine as a mover uses it: from a given position, and no further. */
@NullMarked
package io.plumbline.connector.debezium;

import org.jspecify.annotations.NullMarked;
