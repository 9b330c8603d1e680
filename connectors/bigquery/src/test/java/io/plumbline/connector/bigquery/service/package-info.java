/**
 * A small server of the parts of BigQuery's REST API that the connector uses, for its tests.
 * Statements are analysed by GoogleSQL's own analyzer and carried out by DuckDB. It is not
 * BigQuery.
 */
@NullMarked
package io.plumbline.connector.bigquery.service;

import org.jspecify.annotations.NullMarked;
