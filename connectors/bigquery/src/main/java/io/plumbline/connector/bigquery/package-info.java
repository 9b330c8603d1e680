/** BigQuery: its types and table definitions. */
@NullMarked
package io.plumbline.connector.bigquery;

import org.jspecify.annotations.NullMarked;
