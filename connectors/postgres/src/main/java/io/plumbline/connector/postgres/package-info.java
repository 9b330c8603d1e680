/**
 * PostgreSQL as source and sink: snapshots and loads by binary COPY, cursors, xmin windows, and
 * change events by logical decoding.
 */
@NullMarked
package io.plumbline.connector.postgres;

import org.jspecify.annotations.NullMarked;
