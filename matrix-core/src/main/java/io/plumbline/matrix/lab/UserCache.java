package io.plumbline.matrix.lab;

import java.nio.file.Path;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * Where a user's files are kept from run to run: what took long to fetch, to unpack or to install,
 * and can be made again at any time. As the XDG base directory specification has it.
 *
 * @param folder not there yet, perhaps
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record UserCache(Path folder) {

  /** The one of the user of this JVM. */
  public static UserCache ofJvm() {
    return of(System.getenv(), System.getProperty("user.home"));
  }

  /** The one that environment variables name, else the one in a home directory. */
  public static UserCache of(Map<String, String> environment, String home) {
    String named = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path caches = named.isBlank() ? Path.of(home, ".cache") : Path.of(named);
    return new UserCache(caches.resolve("plumbline"));
  }
}
