package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.dataset.Volume;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/** The base of each data set, made once per run; the cases copy it inside the server. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class SourceTemplates {
  private final Maker maker;
  private final Map<Content, String> schemas = new HashMap<>();
  private int made;

  /** None yet. */
  public SourceTemplates(Maker maker) {
    this.maker = maker;
  }

  /** Makes templates on a server. */
  public interface Maker {
    /** Makes a schema anew, with the base of the case's data set in its table. */
    void make(String schema, CaseScope scope);

    /** Removes a schema, if it is there. */
    void drop(String schema);
  }

  /** What decides a template's content; data sets of the same volume are the same function. */
  private record Content(Volume volume, List<TypeMapping.Declaration> columns) {}

  /**
   * The template of a case.
   *
   * @return a schema whose table nobody changes
   */
  public synchronized String of(CaseScope scope) {
    Content content =
        new Content(
            scope.dataset().volume(),
            scope.columns().stream().map(ColumnContract::source).toList());
    String known = schemas.get(content);
    if (known == null) {
      known = "pl_%s_template%d".formatted(scope.runId(), ++made);
      make(known, scope);
      schemas.put(content, known);
    }
    return known;
  }

  /** What was not filled is of no use, and nobody would know of it. */
  private void make(String schema, CaseScope scope) {
    try {
      maker.make(schema, scope);
    } catch (RuntimeException e) {
      try {
        maker.drop(schema);
      } catch (RuntimeException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  /** Removes all. */
  public synchronized void drop() {
    schemas.values().forEach(maker::drop);
    schemas.clear();
  }
}
