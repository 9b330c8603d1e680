package io.plumbline.connector.jdbc;

import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.registry.Family;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What the connector must know of a SQL product; data.
 *
 * @param family whose system the product is, or plays
 * @param product its name in messages
 * @param releases what releases are called, by the first number of their servers' version; empty
 *     where that is their name
 * @param catalogue what there is in a schema
 * @param sql names, types and options in its definitions
 * @param settings statements that each new connection begins with
 * @param snapshot statements that begin a transaction which sees one point in time
 * @param seeding statements before the harness fills a table that no log needs to know of
 * @param staged statements, with {@code {stage}}, after the rows of a load are staged and before
 *     they are published, e.g. for statistics without which a plan is bad
 * @param swap statements by which a new table takes the place of an old one, with {@code {target}},
 *     {@code {next}} and {@code {old}}; afterwards the new one has the target's name and the old
 *     one its own
 * @param inserter how rows of a load get into a table
 * @param readAsText types that the driver does not read as they are, and the expression that makes
 *     a text of a {@code {column}} in the server
 * @param fractionDigits digits of a second that are understood in a text; further ones are rounded
 *     before
 * @param fetchRows rows that are fetched at a time, so that a result streams
 * @param lab the product's codes of failures that are the lab's
 * @param definitions whether sessions may define something at the same time
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record JdbcDialect(
    Family family,
    String product,
    Map<String, String> releases,
    Catalogue catalogue,
    SqlDialect sql,
    List<String> settings,
    List<String> snapshot,
    List<String> seeding,
    List<String> staged,
    List<String> swap,
    RowInserter.Factory inserter,
    Map<LogicalType, String> readAsText,
    int fractionDigits,
    int fetchRows,
    LabFailures lab,
    Definitions definitions) {

  /** Keeps unmodifiable copies. */
  public JdbcDialect {
    releases = Map.copyOf(releases);
    settings = List.copyOf(settings);
    snapshot = List.copyOf(snapshot);
    seeding = List.copyOf(seeding);
    staged = List.copyOf(staged);
    swap = List.copyOf(swap);
    readAsText = Map.copyOf(readAsText);
  }

  /** What a server's version is called. */
  String release(String version) {
    @Nullable String name = releases.get(version.split("\\.", 2)[0]);
    return name == null ? version : "%s (%s)".formatted(name, version);
  }

  /** A column of a type as it stands in a query. */
  String selected(LogicalType type, String column) {
    String quoted = sql.quote(column);
    return readAsText.getOrDefault(type, "{column}").replace("{column}", quoted);
  }

  /**
   * Queries of names.
   *
   * @param tables of a schema
   * @param columns of a schema and a table, in the table's order
   */
  public record Catalogue(String tables, String columns) {
    /** By the views of the standard. */
    public static final Catalogue STANDARD =
        new Catalogue(
            "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = ?",
            "SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION");
  }

  /**
   * What is wrong with the server and not with what it was asked for, beside the SQLSTATEs of class
   * 08.
   *
   * @param lost codes that say that the connection is gone
   * @param diskFull codes that say that there is no space left
   */
  public record LabFailures(Set<Integer> lost, Set<Integer> diskFull) {
    /** Keeps unmodifiable copies. */
    public LabFailures {
      lost = Set.copyOf(lost);
      diskFull = Set.copyOf(diskFull);
    }
  }
}
