/** Kafka topics that carry JSON: types and schema. */
@NullMarked
package io.plumbline.connector.kafka;

import org.jspecify.annotations.NullMarked;
