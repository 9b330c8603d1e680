package io.plumbline.connector.bigquery;

import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.BigqueryScopes;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.registry.InvalidInputException;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where BigQuery's REST API is, and the project in it.
 *
 * @param root up to the path, with a slash at its end
 * @param service true for the service itself, false for what plays it
 */
record Endpoint(String root, String project, boolean service) {
  private static final String SERVICE = "https://bigquery.googleapis.com/";
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(https://bigquery\\.googleapis\\.com/|http://[^/@?#]+:\\d+/)projects/([\\w.:-]+)/?");
  private static final int CONNECT_MILLIS = 10_000;

  /** An emulator answers when a statement has ended, and no sooner. */
  private static final int READ_MILLIS = 300_000;

  /** A project that is there already. */
  static Endpoint of(ExternalEndpoint external) {
    Matcher address = ADDRESS.matcher(external.address());
    if (!address.matches()) {
      throw new InvalidInputException(
          "Address '%s' is no project of BigQuery; allowed is http://host:port/projects/<project> of an emulator and %sprojects/<project> of the service."
              .formatted(external.address(), SERVICE));
    }
    if (!external.user().isEmpty() || !external.password().isEmpty()) {
      throw new InvalidInputException(
          "A user or a password was named for '%s', and BigQuery takes neither; allowed are the Application Default Credentials for the service, and none for an emulator."
              .formatted(external.address()));
    }
    String root = address.group(1);
    return new Endpoint(root, address.group(2), root.equals(SERVICE));
  }

  /** A client; nothing is asked of the project yet. Whoever uses it decides what is repeated. */
  Bigquery connect() {
    HttpRequestInitializer credentials = service ? credentials() : request -> {};
    return new Bigquery.Builder(
            new NetHttpTransport(),
            GsonFactory.getDefaultInstance(),
            request -> {
              credentials.initialize(request);
              prepare(request);
            })
        .setRootUrl(root)
        .setApplicationName("plumbline")
        .setGoogleClientRequestInitializer(request -> request.setDisableGZipContent(true))
        .build();
  }

  private static void prepare(HttpRequest request) {
    request.setConnectTimeout(CONNECT_MILLIS);
    request.setReadTimeout(READ_MILLIS);
  }

  private static HttpRequestInitializer credentials() {
    try {
      return new HttpCredentialsAdapter(
          GoogleCredentials.getApplicationDefault().createScoped(BigqueryScopes.BIGQUERY));
    } catch (IOException e) {
      throw new SystemFailureException(
          BigqueryTypes.FAMILY,
          "There are no Application Default Credentials; GOOGLE_APPLICATION_CREDENTIALS names a file of them.",
          e);
    }
  }

  @Override
  public String toString() {
    return root + "projects/" + project;
  }
}
