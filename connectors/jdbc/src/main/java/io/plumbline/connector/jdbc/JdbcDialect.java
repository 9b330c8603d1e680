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
 * @param fullRefresh how a load becomes the whole target
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
    FullRefresh fullRefresh,
    RowInserter.Factory inserter,
    int fetchRows,
    LostConnection lost) {

  /** Keeps unmodifiable copies. */
  public JdbcDialect {
    settings = List.copyOf(settings);
    snapshot = List.copyOf(snapshot);
    seeding = List.copyOf(seeding);
    staged = List.copyOf(staged);
  }

  /** How a load becomes the whole target at once. */
  public sealed interface FullRefresh {

    /**
     * A new table is filled and takes the old one's place.
     *
     * @param statements with {@code {target}}, {@code {next}} and {@code {old}}; afterwards the new
     *     table has the target's name and the old one its own
     */
    record Swap(List<String> statements) implements FullRefresh {
      /** Keeps an unmodifiable copy. */
      public Swap {
        statements = List.copyOf(statements);
      }
    }

    /**
     * All rows are replaced in one transaction; for products whose readers see the old rows
     * meanwhile, and whose definitions are no part of a transaction.
     */
    record InPlace() implements FullRefresh {}
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
