package io.plumbline.matrix.registry;

/** The identity of a cell, written {@code <source>_to_<sink>__<strategy>}; it never changes. */
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
