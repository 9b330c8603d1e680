package io.plumbline.connector.clickhouse;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.Volume;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The base of each data set, filled once per run by plain INSERTs of text; the cases clone it
 * inside the server.
 */
final class SourceTemplates {
  private final Server server;
  private final Map<Content, CaseNames> templates = new HashMap<>();

  SourceTemplates(Server server) {
    this.server = server;
  }

  /** What decides a template's content; data sets of the same volume are the same function. */
  private record Content(Volume volume, List<TypeMapping.Declaration> columns) {}

  /**
   * The quoted path of a filled table.
   *
   * @return a table that nobody changes
   */
  synchronized String of(CaseScope scope) {
    Content content =
        new Content(
            scope.dataset().volume(),
            scope.columns().stream().map(ColumnContract::source).toList());
    CaseNames names = templates.get(content);
    if (names == null) {
      names = new CaseNames("pl_%s_template%d".formatted(scope.runId(), templates.size() + 1));
      templates.put(content, names);
      new CaseDatabase(server, names).create();
      server.execute(ClickhouseTable.ofSource(scope.columns()).create(names.table()));
      fill(names, scope);
    }
    return ClickhouseTypes.DIALECT.quotePath(names.table());
  }

  private void fill(CaseNames names, CaseScope scope) {
    Dataset dataset = scope.dataset();
    FixtureRows rows = new FixtureRows(server, names, scope.columns());
    for (long key = 1; key <= dataset.volume().rows(); key++) {
      rows.add(dataset.row(key, 1), 1, false);
    }
    rows.flush();
  }

  /** Removes all templates. */
  synchronized void drop() {
    templates.values().forEach(names -> new CaseDatabase(server, names).drop());
    templates.clear();
  }
}
