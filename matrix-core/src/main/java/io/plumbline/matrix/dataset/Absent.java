package io.plumbline.matrix.dataset;

/** Marks a cell whose column does not exist in a system; never equal to NULL or to a value. */
public enum Absent {
  /** The only instance. */
  ABSENT
}
