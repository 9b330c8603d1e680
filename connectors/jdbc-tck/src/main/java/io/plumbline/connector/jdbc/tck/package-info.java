/**
 * Tests that every SQL product passes, whoever plays it: a product's own tests extend them and say
 * on which system they run.
 */
@NullMarked
package io.plumbline.connector.jdbc.tck;

import org.jspecify.annotations.NullMarked;
