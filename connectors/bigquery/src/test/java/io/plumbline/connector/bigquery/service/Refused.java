package io.plumbline.connector.bigquery.service;

/** What BigQuery would not do. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String reason;

  /**
   * A refusal.
   *
   * @param status of the answer to a request; of no use where a job fails
   * @param reason as the REST API calls it
   */
  Refused(int status, String reason, String message) {
    super(message);
    this.status = status;
    this.reason = reason;
  }

  static Refused invalid(String message) {
    return new Refused(400, "invalid", message);
  }

  static Refused invalidQuery(String message) {
    return new Refused(400, "invalidQuery", message);
  }

  static Refused notFound(String what) {
    return new Refused(404, "notFound", "Not found: " + what);
  }

  static Refused duplicate(String what) {
    return new Refused(409, "duplicate", "Already Exists: " + what);
  }

  int status() {
    return status;
  }

  String reason() {
    return reason;
  }
}
