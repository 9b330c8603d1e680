/**
 * Tests that every family passes, whoever plays it: a family's own tests extend them and say on
 * which system they run, and what differs there.
 */
@NullMarked
package io.plumbline.connector.tck;

import org.jspecify.annotations.NullMarked;
