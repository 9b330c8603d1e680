package io.plumbline.connector.bigquery.service;

import com.google.zetasql.Analyzer;
import com.google.zetasql.AnalyzerOptions;
import com.google.zetasql.LanguageOptions;
import com.google.zetasql.SimpleCatalog;
import com.google.zetasql.SimpleColumn;
import com.google.zetasql.SimpleTable;
import com.google.zetasql.SqlException;
import com.google.zetasql.ZetaSQLBuiltinFunctionOptions;
import com.google.zetasql.ZetaSQLOptions.LanguageFeature;
import com.google.zetasql.ZetaSQLOptions.ProductMode;
import com.google.zetasql.ZetaSQLResolvedNodeKind.ResolvedNodeKind;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedColumnDefinition;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCreateTableStmtBase;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedMergeStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedStatement;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedTableScan;
import io.plumbline.matrix.lab.QuietLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Refuses what GoogleSQL refuses, by its own analyzer and with what BigQuery has of it. It knows
 * the tables that statements have made. Not thread-safe.
 */
final class GoogleSql {
  private static final Set<LanguageFeature> FEATURES =
      Set.of(
          LanguageFeature.FEATURE_NUMERIC_TYPE,
          LanguageFeature.FEATURE_BIGNUMERIC_TYPE,
          LanguageFeature.FEATURE_PARAMETERIZED_TYPES,
          LanguageFeature.FEATURE_CIVIL_TIME,
          LanguageFeature.FEATURE_CREATE_TABLE_NOT_NULL,
          LanguageFeature.FEATURE_CREATE_TABLE_PARTITION_BY,
          LanguageFeature.FEATURE_CREATE_TABLE_CLUSTER_BY,
          LanguageFeature.FEATURE_CREATE_TABLE_FIELD_ANNOTATIONS,
          LanguageFeature.FEATURE_CREATE_TABLE_AS_SELECT_COLUMN_LIST);

  private final QuietLogs quiet = QuietLogs.of("com.google.zetasql", "io.netty");
  private final SimpleCatalog project = new SimpleCatalog("project");
  private final AnalyzerOptions options = new AnalyzerOptions();

  GoogleSql() {
    LanguageOptions language = new LanguageOptions();
    language.setProductMode(ProductMode.PRODUCT_EXTERNAL);
    language.setEnabledLanguageFeatures(FEATURES);
    language.setSupportedStatementKinds(
        Set.of(
            ResolvedNodeKind.RESOLVED_QUERY_STMT,
            ResolvedNodeKind.RESOLVED_CREATE_TABLE_STMT,
            ResolvedNodeKind.RESOLVED_CREATE_TABLE_AS_SELECT_STMT,
            ResolvedNodeKind.RESOLVED_MERGE_STMT));
    options.setLanguageOptions(language);
    project.addZetaSQLFunctionsAndTypes(new ZetaSQLBuiltinFunctionOptions(language));
  }

  /** Loads the native library and asks it for something. */
  static void require() throws Refused {
    new GoogleSql().check("SELECT 1");
  }

  /** How many loggers are kept quiet. */
  int quiet() {
    return quiet.loggers().size();
  }

  void check(String statement) throws Refused {
    ResolvedStatement resolved;
    try {
      resolved = Analyzer.analyzeStatement(statement, options, project);
    } catch (SqlException e) {
      throw Refused.invalidQuery(String.valueOf(e.getMessage()));
    }
    if (resolved instanceof ResolvedCreateTableStmtBase create) {
      add(create);
    }
    if (resolved instanceof ResolvedMergeStmt merge
        && !(merge.getFromScan() instanceof ResolvedTableScan)) {
      // BigQuery takes any; this is what its emulator says.
      throw Refused.invalidQuery("MERGE: source must be a single-table reference");
    }
  }

  private void add(ResolvedCreateTableStmtBase create) {
    String dataset = create.getNamePath().get(0);
    String name = create.getNamePath().get(1);
    List<SimpleColumn> columns = new ArrayList<>();
    for (ResolvedColumnDefinition column : create.getColumnDefinitionList()) {
      columns.add(new SimpleColumn(name, column.getName(), column.getType()));
    }
    SimpleCatalog tables =
        project.getCatalogList().stream()
            .filter(each -> each.getFullName().equals(dataset))
            .findFirst()
            .orElseGet(() -> project.addNewSimpleCatalog(dataset));
    tables.addSimpleTable(new SimpleTable(name, columns));
  }

  void removeTable(String dataset, String table) {
    project.getCatalogList().stream()
        .filter(each -> each.getFullName().equals(dataset))
        .forEach(each -> each.removeSimpleTable(table));
  }

  void removeDataset(String dataset) {
    if (project.getCatalogList().stream().anyMatch(each -> each.getFullName().equals(dataset))) {
      project.removeSimpleCatalog(dataset);
    }
  }
}
