/** A server that speaks SQL Server's protocol, for Microsoft's driver to be tested against. */
@NullMarked
package io.plumbline.connector.mssql.tds;

import org.jspecify.annotations.NullMarked;
