/** What the families that carry JSON share: the types of a document and its schema. */
@NullMarked
package io.plumbline.connector.json;

import org.jspecify.annotations.NullMarked;
