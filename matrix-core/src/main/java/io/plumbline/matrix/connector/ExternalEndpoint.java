package io.plumbline.matrix.connector;

import org.apiguardian.api.API;

/**
 * Where a system is that was there before the run. Its text leaves the credentials out.
 *
 * @param address as the family writes it, e.g. {@code jdbc:postgresql://localhost:5432/test}
 * @param user empty when there is none
 * @param password empty when there is none
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record ExternalEndpoint(String address, String user, String password) {
  @Override
  public String toString() {
    return address;
  }
}
