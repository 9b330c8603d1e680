package io.plumbline.matrix.dataset;

import org.apiguardian.api.API;

/** Marks a cell whose column does not exist in a system; never equal to NULL or to a value. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public enum Absent {
  /** The only instance. */
  ABSENT
}
