package io.plumbline.connector.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.ConnectorContract;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.registry.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BigqueryConnectorTest {
  private final BigqueryConnector connector = new BigqueryConnector();
  private final List<ColumnContract> contracts =
      ColumnContract.of(
          new Dataset(Volume.DEFAULT).columns(), connector.sinkTypes(), connector.sinkTypes());

  @Test
  void keepsTheContractOfConnectors() {
    assertThat(ConnectorContract.violations(connector)).isEmpty();
  }

  @Test
  void theDefinitionIsWrittenAsTheFamilyWritesIt() {
    assertThat(connector.targetDefinition("plumbline.t", contracts, TargetLayout.KEYED))
        .contains(
            "CREATE TABLE `plumbline`.`t` (",
            "`id` INT64 NOT NULL",
            "`w005_decimal_38_10` BIGNUMERIC(38, 10)",
            "PARTITION BY `business_date`");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:9050",
        "http://localhost/projects/lab",
        "http://me:secret@localhost:9050/projects/lab",
        "http://localhost:9050",
        "http://localhost:9050/projects/lab/datasets/one",
        "http://bigquery.googleapis.com/projects/lab",
        "https://bigquery.example.org/projects/lab"
      })
  void anAddressOfAnotherFormIsRefused(String address) {
    assertThatThrownBy(() -> connector.connect(new ExternalEndpoint(address, "", "")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("Address '" + address + "' is no project of BigQuery; allowed is ");
  }

  @Test
  void nobodyIsAskedForAPassword() {
    assertThatThrownBy(
            () ->
                connector.connect(
                    new ExternalEndpoint("http://localhost:9050/projects/lab", "", "canary")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("BigQuery takes neither")
        .hasMessageNotContaining("canary");
  }

  @Test
  void onlyTheServiceIsTheService() {
    assertThat(endpoint("https://bigquery.googleapis.com/projects/a-b"))
        .isEqualTo(new Endpoint("https://bigquery.googleapis.com/", "a-b", true));
    assertThat(endpoint("http://127.0.0.1:9050/projects/test"))
        .isEqualTo(new Endpoint("http://127.0.0.1:9050/", "test", false));
  }

  private static Endpoint endpoint(String address) {
    return Endpoint.of(new ExternalEndpoint(address, "", ""));
  }
}
