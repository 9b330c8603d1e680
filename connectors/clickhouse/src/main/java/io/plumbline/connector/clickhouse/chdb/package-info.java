/**
 * The ClickHouse engine as a library (chDB) behind a small HTTP server, in a process of its own:
 * the library's signal handlers do not get along with a JVM that has more to do.
 */
@NullMarked
package io.plumbline.connector.clickhouse.chdb;

import org.jspecify.annotations.NullMarked;
