/** What connectors of SQL families share: table definitions rendered from column contracts. */
@NullMarked
package io.plumbline.connector.jdbc;

import org.jspecify.annotations.NullMarked;
