package io.plumbline.connector.jdbc;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * How a SQL product writes names, and its types for the columns that a layout adds; plain data.
 *
 * @param openQuote begins a quoted name
 * @param closeQuote ends a quoted name; doubled inside one
 * @param loadIdType type of {@link TableDefinition#LOAD_ID}
 * @param validityType type of {@link TableDefinition#VALID_FROM} and {@link
 *     TableDefinition#VALID_TO}
 * @param flagType type of {@link TableDefinition#IS_CURRENT}
 * @param tableOptions follow the columns of a new table; empty where there is nothing to say
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record SqlDialect(
    String openQuote,
    String closeQuote,
    String loadIdType,
    String validityType,
    String flagType,
    String tableOptions) {

  /** A dialect without table options. */
  public SqlDialect(
      String openQuote,
      String closeQuote,
      String loadIdType,
      String validityType,
      String flagType) {
    this(openQuote, closeQuote, loadIdType, validityType, flagType, "");
  }

  /** A name as it stands in a statement. */
  public String quote(String name) {
    return openQuote + name.replace(closeQuote, closeQuote + closeQuote) + closeQuote;
  }

  /** A name with its schema, each part quoted: parts are separated by dots. */
  public String quotePath(String path) {
    return Arrays.stream(path.split("\\.", -1)).map(this::quote).collect(Collectors.joining("."));
  }
}
