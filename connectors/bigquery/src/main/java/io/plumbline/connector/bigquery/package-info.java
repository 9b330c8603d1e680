/** BigQuery: a sink, by the REST API of the service or of an emulator. */
@NullMarked
package io.plumbline.connector.bigquery;

import org.jspecify.annotations.NullMarked;
