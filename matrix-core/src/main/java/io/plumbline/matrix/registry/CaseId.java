package io.plumbline.matrix.registry;

import org.apiguardian.api.API;

/** The identity of a cell, written {@code <source>_to_<sink>__<strategy>}; it never changes. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record CaseId(Family source, Family sink, Strategy strategy) {

  /** The pair's name, e.g. {@code postgres_to_mssql}. */
  public String pair() {
    return source + "_to_" + sink;
  }

  @Override
  public String toString() {
    return pair() + "__" + strategy;
  }
}
