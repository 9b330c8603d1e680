package io.plumbline.matrix.connector;

import io.plumbline.matrix.connector.TypeMapping.Role;
import java.util.Locale;
import org.apiguardian.api.API;

/** What a system can do in a role; a strategy needs some of them. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public enum Feature {
  /** Source: all rows at one point in time. */
  SNAPSHOT(Role.SOURCE),
  /** Source: rows after a cursor. */
  CURSOR(Role.SOURCE),
  /** Source: rows of given partition dates, and a fingerprint per partition. */
  SLICES(Role.SOURCE),
  /** Source: rows by the transaction that wrote them, with a key snapshot (PostgreSQL). */
  XMIN(Role.SOURCE),
  /** Source: an ordered log of changes with positions. */
  CHANGE_LOG(Role.SOURCE),
  /** Sink: everything replaced at once. */
  REPLACE_ALL(Role.SINK),
  /** Sink: rows added. */
  APPEND(Role.SINK),
  /** Sink: rows merged by key, deletes applied. */
  MERGE(Role.SINK),
  /** Sink: the rows of given dates replaced at once. */
  REPLACE_WINDOW(Role.SINK),
  /** Sink: whole partitions replaced, each by itself. */
  PARTITIONS(Role.SINK),
  /** Sink: versions of a row kept with validity intervals. */
  HISTORY(Role.SINK);

  private final Role role;

  Feature(Role role) {
    this.role = role;
  }

  /** The side of a pair that the feature belongs to. */
  public Role role() {
    return role;
  }

  /** The error code of a refusal because the feature is missing. */
  public String missingCode() {
    return (role + "_has_no_" + name()).toLowerCase(Locale.ROOT);
  }
}
