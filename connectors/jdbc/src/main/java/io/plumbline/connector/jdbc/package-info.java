/**
 * What connectors of SQL families share: table definitions rendered from column contracts, and a
 * source and sink over JDBC that interpret a dialect.
 */
@NullMarked
package io.plumbline.connector.jdbc;

import org.jspecify.annotations.NullMarked;
