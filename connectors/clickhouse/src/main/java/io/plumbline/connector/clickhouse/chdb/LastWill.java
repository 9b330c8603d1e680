package io.plumbline.connector.clickhouse.chdb;

import com.sun.jna.Library;
import com.sun.jna.Native;

/**
 * The end of the process: its directory is removed, then it kills itself, because the engine's
 * threads would hang in an ordinary exit.
 */
record LastWill(Directory directory) {
  private static final int SIGKILL = 9;

  /** The part of the C library that the end needs. */
  interface C extends Library {
    int kill(int process, int signal);
  }

  void execute() {
    directory.remove();
    Native.load("c", C.class).kill(Math.toIntExact(ProcessHandle.current().pid()), SIGKILL);
  }
}
