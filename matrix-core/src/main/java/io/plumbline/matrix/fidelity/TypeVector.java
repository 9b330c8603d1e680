package io.plumbline.matrix.fidelity;

import io.plumbline.matrix.dataset.LogicalType;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * A value that is taken through every pair.
 *
 * @param type its logical type
 * @param name what it is about; with the type it names the vector
 * @param value an edge vector of the type's domain, so that cases have it too
 * @param expected what a human expects, by place: a family ({@code mssql}), a family in one role
 *     ({@code kafka source}) or a pair ({@code mssql_to_bigquery}); the arriving type and the
 *     value, {@code double 0.0}, or {@code absent}
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record TypeVector(
    LogicalType type, String name, Object value, SortedMap<String, String> expected) {

  /** Keeps an unmodifiable copy. */
  public TypeVector {
    expected = Collections.unmodifiableSortedMap(new TreeMap<>(expected));
  }

  /** The vector's id, e.g. {@code double/negative_zero}. */
  public String id() {
    return type.id() + "/" + name;
  }
}
