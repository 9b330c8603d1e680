/** HTTP APIs that carry JSON: types and schema. */
@NullMarked
package io.plumbline.connector.api;

import org.jspecify.annotations.NullMarked;
