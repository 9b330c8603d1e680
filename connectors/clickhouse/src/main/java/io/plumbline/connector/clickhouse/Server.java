package io.plumbline.connector.clickhouse;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.DataStreamWriter;
import com.clickhouse.client.api.ServerException;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.QueryResponse;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import io.plumbline.matrix.connector.SystemFailureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Statements on a server, and their failures as unchecked exceptions: a {@link ClickhouseException}
 * where the server refused, a {@link SystemFailureException} where it could not be reached. Safe
 * for use by several threads; every statement has a connection of its own.
 */
final class Server implements AutoCloseable {
  private static final int NOT_ENOUGH_SPACE = 243;

  private final ExecutorService requests = Executors.newCachedThreadPool(Server::thread);
  private final Client client;
  private final String address;

  /** A server; nothing is asked of it yet. */
  Server(Endpoint endpoint) {
    this.client = endpoint.connect(requests);
    this.address = endpoint.toString();
  }

  private static Thread thread(Runnable request) {
    Thread thread = new Thread(request, "plumbline-clickhouse-request");
    thread.setDaemon(true);
    return thread;
  }

  void execute(String sql) {
    try (Result result = query(sql, ClickHouseFormat.TabSeparated)) {
      result.input().transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The rows of a short result; cells must be free of tabs, line breaks and backslashes. */
  List<List<String>> rows(String select) {
    try (Result result = query(select, ClickHouseFormat.TabSeparated)) {
      String text = new String(result.input().readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(line -> Arrays.asList(line.split("\t", -1))).toList();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The first column of the first row; empty when there is no row. */
  Optional<String> text(String select) {
    return rows(select).stream().findFirst().map(row -> row.get(0));
  }

  long number(String select) {
    return Long.parseLong(text(select).orElse("0"));
  }

  /** A result as a stream, to be closed; its end in the middle is an {@link IOException}. */
  Result query(String sql, ClickHouseFormat format) {
    return new Result(await(client.query(sql, new QuerySettings().setFormat(format))), this);
  }

  /**
   * Inserts what a writer writes in one request.
   *
   * @param columns names as they stand in a statement
   */
  void insert(
      String quotedTable, List<String> columns, ClickHouseFormat format, DataStreamWriter rows) {
    try (InsertResponse response =
        await(client.insert(quotedTable, columns, rows, format, new InsertSettings()))) {
      response.getWrittenRows();
    }
  }

  private <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new SystemFailureException(ClickhouseTypes.FAMILY, "A statement was interrupted.", e);
    }
  }

  /** What a failure means to the mover. */
  RuntimeException failure(@Nullable Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ServerException full && full.getCode() == NOT_ENOUGH_SPACE) {
        return new SystemFailureException(
            ClickhouseTypes.FAMILY, "The disk of %s is full.".formatted(address), full);
      }
      if (cause instanceof ServerException refused) {
        return new ClickhouseException(
            "ClickHouse: " + String.valueOf(refused.getMessage()).strip(), refused);
      }
    }
    String what = "The connection to %s was lost.".formatted(address);
    return e == null
        ? new SystemFailureException(ClickhouseTypes.FAMILY, what)
        : new SystemFailureException(ClickhouseTypes.FAMILY, what, e);
  }

  @Override
  public void close() {
    client.close();
    requests.shutdownNow();
  }

  /** A result that is read as it comes. */
  record Result(QueryResponse response, Server server) implements AutoCloseable {
    java.io.InputStream input() {
      return response.getInputStream();
    }

    @Override
    public void close() {
      try {
        response.close();
      } catch (Exception e) {
        throw server.failure(e);
      }
    }
  }
}
