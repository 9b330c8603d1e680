package io.plumbline.matrix.mover;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apiguardian.api.API;

/**
 * Row hashes (128 bits) by key, in primitive open addressing: what a snapshot is compared with. 25
 * bytes a slot, at most half full.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class KeyHashes {
  private static final byte PRESENT = 1;
  private static final byte SEEN = 2;
  private byte[] marks;
  private long[] keys;
  private long[] hashes;
  private int size;

  /** An empty table. */
  public KeyHashes() {
    this(0);
  }

  /** An empty table with room for so many keys. */
  public KeyHashes(int expected) {
    int slots = Integer.highestOneBit(Math.max(32, expected)) * 4;
    this.marks = new byte[slots];
    this.keys = new long[slots];
    this.hashes = new long[2 * slots];
  }

  /** What a row is in comparison with the hash that is kept for its key. */
  public enum Comparison {
    NEW,
    CHANGED,
    SAME
  }

  /** Keeps a hash for a key; replaces an earlier one. */
  public void put(long key, long high, long low) {
    if (size * 2 >= keys.length) {
      grow();
    }
    int slot = slotOf(key);
    if (marks[slot] == 0) {
      size++;
      marks[slot] = PRESENT;
      keys[slot] = key;
    }
    hashes[2 * slot] = high;
    hashes[2 * slot + 1] = low;
  }

  /** Keeps what another table has for a key, if this one has nothing; all zero if neither has. */
  public void keep(long key, KeyHashes from) {
    if (marks[slotOf(key)] == 0) {
      int slot = from.slotOf(key);
      put(key, from.hashes[2 * slot], from.hashes[2 * slot + 1]);
    }
  }

  /** Compares a row's hash with the kept one, and marks the key as seen. */
  public Comparison see(long key, long high, long low) {
    int slot = slotOf(key);
    if (marks[slot] == 0) {
      return Comparison.NEW;
    }
    marks[slot] = SEEN;
    return hashes[2 * slot] == high && hashes[2 * slot + 1] == low
        ? Comparison.SAME
        : Comparison.CHANGED;
  }

  /** Keys that were never seen, ascending. */
  public long[] unseen() {
    return keysMarked(PRESENT);
  }

  /** Number of keys. */
  public int size() {
    return size;
  }

  /** All keys, ascending. */
  public long[] sortedKeys() {
    long[] result = new long[size];
    int n = 0;
    for (int slot = 0; slot < keys.length; slot++) {
      if (marks[slot] != 0) {
        result[n++] = keys[slot];
      }
    }
    Arrays.sort(result);
    return result;
  }

  private long[] keysMarked(byte mark) {
    long[] result = new long[size];
    int n = 0;
    for (int slot = 0; slot < keys.length; slot++) {
      if (marks[slot] == mark) {
        result[n++] = keys[slot];
      }
    }
    long[] trimmed = Arrays.copyOf(result, n);
    Arrays.sort(trimmed);
    return trimmed;
  }

  /** Key and hash of every entry, ascending keys, 24 bytes each, big-endian. */
  public byte[] toBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(size * 24);
    for (long key : sortedKeys()) {
      int slot = slotOf(key);
      buffer.putLong(key).putLong(hashes[2 * slot]).putLong(hashes[2 * slot + 1]);
    }
    return buffer.array();
  }

  /** Reads what {@link #toBytes} wrote. */
  public static KeyHashes ofBytes(byte[] bytes) {
    KeyHashes result = new KeyHashes(bytes.length / 24);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.remaining() >= 24) {
      result.put(buffer.getLong(), buffer.getLong(), buffer.getLong());
    }
    return result;
  }

  private int slotOf(long key) {
    int mask = keys.length - 1;
    int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (marks[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    byte[] oldMarks = marks;
    long[] oldKeys = keys;
    long[] oldHashes = hashes;
    marks = new byte[oldKeys.length * 2];
    keys = new long[oldKeys.length * 2];
    hashes = new long[oldKeys.length * 4];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldMarks[i] != 0) {
        int slot = slotOf(oldKeys[i]);
        marks[slot] = oldMarks[i];
        keys[slot] = oldKeys[i];
        hashes[2 * slot] = oldHashes[2 * i];
        hashes[2 * slot + 1] = oldHashes[2 * i + 1];
      }
    }
  }
}
