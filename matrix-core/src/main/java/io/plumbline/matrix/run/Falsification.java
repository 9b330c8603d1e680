package io.plumbline.matrix.run;

import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.registry.CaseId;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.apiguardian.api.API;

/** What the gate probe tells a mover that its sink holds: never what it handed over. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public enum Falsification implements UnaryOperator<LoadTotals> {
  ROW_TOO_MANY(1, 0, "0", 0),
  ROW_TOO_FEW(-1, 0, "0", 0),
  OTHER_KEYS(0, 1, "0", 0),
  OTHER_AMOUNTS(0, 0, "0.0001", 0),
  DELETED_KEYS_PRESENT(0, 0, "0", 1);

  private final long rows;
  private final long keySum;
  private final BigDecimal amountSum;
  private final long deletesPresent;

  Falsification(long rows, long keySum, String amountSum, long deletesPresent) {
    this.rows = rows;
    this.keySum = keySum;
    this.amountSum = new BigDecimal(amountSum);
    this.deletesPresent = deletesPresent;
  }

  /**
   * A case has one, so that its gate costs one move; the cases of a cube have all of them. Versions
   * of a system have the same one.
   */
  public static Falsification of(CaseId id) {
    String name = "%s_to_%s__%s".formatted(id.source(), id.sink(), id.strategy().id());
    return values()[Math.floorMod(name.hashCode(), values().length)];
  }

  @Override
  public LoadTotals apply(LoadTotals held) {
    return new LoadTotals(
        held.rows() + rows,
        held.keySum() + keySum,
        held.amountSum().add(amountSum),
        held.deletesPresent() + deletesPresent);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
