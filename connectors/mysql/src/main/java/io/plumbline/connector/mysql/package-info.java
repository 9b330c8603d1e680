/** MySQL: its types and table definitions. */
@NullMarked
package io.plumbline.connector.mysql;

import org.jspecify.annotations.NullMarked;
