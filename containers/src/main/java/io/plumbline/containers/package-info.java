/** Real systems in containers, for families that a connector can reach by an address. */
@NullMarked
package io.plumbline.containers;

import org.jspecify.annotations.NullMarked;
