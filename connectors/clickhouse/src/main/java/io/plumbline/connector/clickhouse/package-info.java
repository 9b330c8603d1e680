/** ClickHouse: its types and table definitions. */
@NullMarked
package io.plumbline.connector.clickhouse;

import org.jspecify.annotations.NullMarked;
