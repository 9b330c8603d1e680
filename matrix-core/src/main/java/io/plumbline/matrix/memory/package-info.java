/** In-memory systems with each family's traits, for mock_contract. */
@NullMarked
package io.plumbline.matrix.memory;

import org.jspecify.annotations.NullMarked;
