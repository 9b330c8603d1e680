package io.plumbline.connector.bigquery.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statement of GoogleSQL as DuckDB writes it. */
record Statement(String text) {
  private static final Pattern CREATE =
      Pattern.compile(
          "CREATE TABLE `(\\w+)`\\.`(\\w+)` \\(\\n(.*)\\n\\)(?:\\nPARTITION BY `(\\w+)`)?(?:\\nCLUSTER BY `(\\w+)`)?",
          Pattern.DOTALL);
  private static final Pattern CREATE_AS =
      Pattern.compile("CREATE TABLE `(\\w+)`\\.`(\\w+)` AS\\n.*", Pattern.DOTALL);
  private static final Pattern LITERAL = Pattern.compile("'((?:[^'\\\\]|\\\\.)*)'");

  /** A table that a statement makes. */
  record Created(String dataset, String table, List<ServiceColumn> columns) {
    /** The statement in DuckDB. */
    String duck() throws Refused {
      List<String> lines = new ArrayList<>();
      for (ServiceColumn column : columns) {
        lines.add(
            "\"%s\" %s%s%s"
                .formatted(
                    column.name(),
                    column.duckType(),
                    column.required() ? " NOT NULL" : "",
                    column.duckCheck()));
      }
      return "CREATE TABLE \"%s\".\"%s\" (%s)".formatted(dataset, table, String.join(", ", lines));
    }
  }

  boolean creates() {
    return text.startsWith("CREATE TABLE ");
  }

  boolean selects() {
    return text.startsWith("SELECT ");
  }

  /** A table with the rows of a query; nobody asks what its columns are. */
  Optional<Created> createdAs() {
    Matcher create = CREATE_AS.matcher(text);
    return create.matches()
        ? Optional.of(new Created(create.group(1), create.group(2), List.of()))
        : Optional.empty();
  }

  Created created() throws Refused {
    Matcher create = CREATE.matcher(text);
    if (!create.matches()) {
      throw Refused.invalidQuery("Syntax error: unexpected CREATE TABLE statement");
    }
    List<ServiceColumn> columns = new ArrayList<>();
    for (String line : create.group(3).split(",\n", -1)) {
      columns.add(ServiceColumn.of(line.strip()));
    }
    for (int group = 4; group <= 5; group++) {
      String key = create.group(group);
      if (key != null && columns.stream().noneMatch(column -> column.name().equals(key))) {
        throw Refused.invalidQuery("Unrecognized name: " + key);
      }
    }
    return new Created(create.group(1), create.group(2), columns);
  }

  /** Texts escape a quote by doubling it, and nothing else. */
  String duck() {
    StringBuilder duck = new StringBuilder();
    Matcher literal = LITERAL.matcher(text);
    int end = 0;
    while (literal.find()) {
      duck.append(words(text.substring(end, literal.start())));
      String plain = literal.group(1).replaceAll("\\\\(.)", "$1");
      duck.append('\'').append(plain.replace("'", "''")).append('\'');
      end = literal.end();
    }
    return duck.append(words(text.substring(end))).toString();
  }

  private static String words(String part) {
    return part.replace('`', '"')
        .replaceAll("\\bDATETIME (?=$)", "TIMESTAMP ")
        .replaceAll("\\bAS INT64\\)", "AS BIGINT)")
        .replaceAll("\\bAS BIGNUMERIC\\)", "AS HUGEINT)")
        .replaceAll("\\bUNIX_MICROS\\(", "epoch_us(")
        .replaceAll("\\bFROM_HEX\\(", "unhex(")
        .replaceAll("\\bTO_HEX\\((\"\\w+\")\\)", "lower(hex($1))");
  }
}
