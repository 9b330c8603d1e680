package io.plumbline.connector.clickhouse.chdb;

import com.sun.jna.Library;
import com.sun.jna.Native;

/** The part of the C library that the child needs. */
interface CLibrary extends Library {
  int SIGKILL = 9;

  static CLibrary load() {
    return Native.load("c", CLibrary.class);
  }

  int kill(int process, int signal);

  int setpgid(int process, int group);

  /** An interrupt from the terminal is meant for the parent, which ends this process by itself. */
  default void leaveTheTerminalsGroup() {
    setpgid(0, 0);
  }

  /** Ends this process: the engine's threads would hang in an ordinary exit. */
  default void killThisProcess() {
    kill(Math.toIntExact(ProcessHandle.current().pid()), SIGKILL);
  }
}
