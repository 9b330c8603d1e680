/** Microsoft SQL Server: its types and table definitions. */
@NullMarked
package io.plumbline.connector.mssql;

import org.jspecify.annotations.NullMarked;
