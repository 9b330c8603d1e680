package io.plumbline.matrix.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.registry.Family;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnContractTest {
  private static final Column PARTITION =
      new Column(Column.BUSINESS_DATE, "business_date", LogicalType.DATE, 0);
  private static final Column WIDE =
      new Column(Column.FIRST_WIDE, "w001_date", LogicalType.DATE, 0);

  private static TypeMapping types(Role role) {
    TypeMapping.Builder types = TypeMapping.of(new Family("narrow"), role);
    for (LogicalType type : LogicalType.values()) {
      if (type == LogicalType.DATE) {
        types.asText(type, "text", TextForm.ISO_8601).exactInDocumentedColumns(type, "date");
      } else {
        types.exact(type, type.id());
      }
    }
    return types.build();
  }

  @Test
  void aNarrowTypeHoldsTheDocumentedColumnsButNotTheWideOnes() {
    List<ColumnContract> contracts =
        ColumnContract.of(List.of(PARTITION, WIDE), types(Role.SOURCE), types(Role.SINK));
    assertThat(contracts)
        .extracting(c -> c.source().nativeType(), ColumnContract::carried)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("date", LogicalType.DATE),
            org.assertj.core.groups.Tuple.tuple("text", LogicalType.LONG_TEXT));
    assertThat(contracts)
        .extracting(c -> c.sink().nativeType(), ColumnContract::stored)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("date", LogicalType.DATE),
            org.assertj.core.groups.Tuple.tuple("long_text", LogicalType.LONG_TEXT));
  }
}
