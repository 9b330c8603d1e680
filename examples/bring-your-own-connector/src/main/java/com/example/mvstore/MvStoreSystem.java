package com.example.mvstore;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SystemInfo;
import java.nio.file.Path;
import org.h2.engine.Constants;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.tx.Transaction;
import org.h2.mvstore.tx.TransactionStore;

/** A store in the run's folder; each case has a map for its source and one for its sink. */
final class MvStoreSystem implements RunningSystem {
  private final TransactionStore store;

  MvStoreSystem(Path folder) {
    store = new TransactionStore(MVStore.open(folder.resolve("run.mv").toString()));
    store.init();
  }

  @Override
  public SystemInfo info() {
    return new SystemInfo(
        MvStoreConnector.FAMILY, "MVStore", Constants.VERSION, EvidenceLevel.EMBEDDED);
  }

  @Override
  public Source openSource(CaseScope scope) {
    String map = "source_" + scope.caseId();
    return Source.of(
        new MvStoreFixture(store, map, scope.dataset()),
        new MvStoreReader(store, map),
        () -> clear(map));
  }

  @Override
  public Sink openSink(CaseScope scope) {
    String map = "sink_" + scope.caseId();
    return Sink.of(
        plan -> new MvStoreLoad(store, map, plan),
        new MvStoreInspector(store, map, scope.columns()),
        () -> clear(map));
  }

  /** Removes the rows and not the map, which others' undo logs may still name. */
  private void clear(String map) {
    Transaction transaction = store.begin();
    transaction.openMap(map).clear();
    transaction.commit();
  }

  @Override
  public void close() {
    store.close();
  }
}
