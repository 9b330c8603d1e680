package io.plumbline.connector.json;

import java.util.Arrays;
import org.apiguardian.api.API;

/**
 * Longs by long keys in primitive open addressing, at most half full: 17 bytes a slot. What is left
 * of a log when only the last entry of each key counts. Not thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class LongTable {

  /** Receives entries. */
  @FunctionalInterface
  public interface Visitor {
    /** One entry. */
    void entry(long key, long value);
  }

  private boolean[] used = new boolean[64];
  private long[] keys = new long[64];
  private long[] values = new long[64];
  private int size;

  /** An empty table. */
  public LongTable() {}

  /** Keeps a value; an earlier one of the key is replaced. */
  public void put(long key, long value) {
    if (size * 2 >= keys.length) {
      grow();
    }
    int slot = slot(key);
    if (!used[slot]) {
      used[slot] = true;
      keys[slot] = key;
      size++;
    }
    values[slot] = value;
  }

  /** The value of a key, or another one when there is none. */
  public long get(long key, long otherwise) {
    int slot = slot(key);
    return used[slot] ? values[slot] : otherwise;
  }

  /** Number of keys. */
  public int size() {
    return size;
  }

  /** Visits the entries in no order; values of keys that are there may be replaced meanwhile. */
  public void forEach(Visitor visitor) {
    for (int slot = 0; slot < keys.length; slot++) {
      if (used[slot]) {
        visitor.entry(keys[slot], values[slot]);
      }
    }
  }

  /** All keys, ascending. */
  public long[] sortedKeys() {
    long[] sorted = new long[size];
    int n = 0;
    for (int slot = 0; slot < keys.length; slot++) {
      if (used[slot]) {
        sorted[n++] = keys[slot];
      }
    }
    Arrays.sort(sorted);
    return sorted;
  }

  /** Forgets all entries. */
  public void clear() {
    Arrays.fill(used, false);
    size = 0;
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (used[slot] && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    boolean[] oldUsed = used;
    long[] oldKeys = keys;
    long[] oldValues = values;
    used = new boolean[oldKeys.length * 2];
    keys = new long[oldKeys.length * 2];
    values = new long[oldKeys.length * 2];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldUsed[i]) {
        int slot = slot(oldKeys[i]);
        used[slot] = true;
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }
}
