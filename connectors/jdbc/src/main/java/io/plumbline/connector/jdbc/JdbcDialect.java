package io.plumbline.connector.jdbc;

import io.plumbline.matrix.registry.Family;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * What the connector must know of a SQL product; plain data.
 *
 * @param family whose system the product is, or plays
 * @param product its name in messages
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
 * @param fetchRows rows that are fetched at a time, so that a result streams
 * @param lost how it says that a connection is gone
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record JdbcDialect(
    Family family,
    String product,
    SqlDialect sql,
    List<String> settings,
    List<String> snapshot,
    List<String> seeding,
    List<String> staged,
    List<String> swap,
    RowInserter.Factory inserter,
    int fetchRows,
    LostConnection lost) {

  /** Keeps unmodifiable copies. */
  public JdbcDialect {
    settings = List.copyOf(settings);
    snapshot = List.copyOf(snapshot);
    seeding = List.copyOf(seeding);
    staged = List.copyOf(staged);
    swap = List.copyOf(swap);
  }

  /**
   * What a failure says when the server is gone, beside the states that begin with 08.
   *
   * @param states SQLSTATEs
   * @param codes the product's own codes
   */
  public record LostConnection(Set<String> states, Set<Integer> codes) {
    /** Keeps unmodifiable copies. */
    public LostConnection {
      states = Set.copyOf(states);
      codes = Set.copyOf(codes);
    }
  }
}
