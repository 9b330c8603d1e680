/** What a test's server captures of changes, in SQL Server's place. */
@NullMarked
package io.plumbline.connector.mssql.capture;

import org.jspecify.annotations.NullMarked;
