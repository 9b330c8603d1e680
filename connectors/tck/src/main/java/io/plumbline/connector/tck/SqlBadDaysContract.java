package io.plumbline.connector.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.TypeMapping;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Bad days of servers that speak SQL: somebody else may lock a table. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public abstract class SqlBadDaysContract extends BadDaysContract {
  private static final int PATIENCE_SECONDS = 30;

  /** The system plays both roles, whatever the cube says. */
  protected SqlBadDaysContract(Connector connector, TypeMapping sinkTypes) {
    super(connector, sinkTypes);
  }

  /** A server of the test's own. */
  public interface SqlServer extends Server {
    /** A connection of somebody else. */
    Connection connect() throws SQLException;

    /** The paths of the tables of cases. */
    @Override
    default List<String> held() {
      List<String> tables = new ArrayList<>();
      try (Connection connection = connect();
          Statement statement = connection.createStatement();
          ResultSet found =
              statement.executeQuery(
                  "SELECT TABLE_SCHEMA, TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA LIKE 'pl_test%' AND TABLE_SCHEMA NOT LIKE '%template%'")) {
        while (found.next()) {
          tables.add(found.getString(1) + "." + found.getString(2));
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return tables;
    }
  }

  @Override
  protected abstract SqlServer start(Path directory);

  /** Statements by which somebody else keeps the mover from its tables. */
  protected abstract List<String> lock(List<String> tables);

  @Test
  @ResourceLock(SERVER)
  final void anInterruptedMoverDoesNotWaitForALock()
      throws SQLException, InterruptedException, ExecutionException {
    try (Begun begun = begin()) {
      SqlServer server = (SqlServer) server();
      CompletableFuture<Throwable> ended = new CompletableFuture<>();
      List<String> tables = server.held();
      try (Connection other = server.connect();
          Statement statement = other.createStatement()) {
        other.setAutoCommit(false);
        for (String sql : lock(tables)) {
          statement.execute(sql);
        }
        Thread mover =
            new Thread(
                () -> {
                  try {
                    move(begun);
                    ended.complete(new AssertionError("The lock was ignored."));
                  } catch (RuntimeException e) {
                    ended.complete(e);
                  }
                });
        mover.start();
        mover.join(TimeUnit.SECONDS.toMillis(2));
        assertThat(ended).as("it waits for the lock").isNotDone();
        mover.interrupt();
        mover.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        assertThat(ended).isDone();
        assertThat(ended.get()).isInstanceOf(RuntimeException.class);
        other.rollback();
      }
      assertThat(begun.version()).isEqualTo(1);
      move(begun);
      assertTarget(begun);
    }
  }
}
