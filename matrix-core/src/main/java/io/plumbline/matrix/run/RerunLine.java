package io.plumbline.matrix.run;

import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.RunMode;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The command that runs one case again as it was run.
 *
 * @param settings what the run was told
 * @param registry the registry's resource; only the build of the canonical one has a profile for
 *     each run mode
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record RerunLine(RunSettings settings, String registry) {

  /** The whole command for a case. */
  public String of(CaseId id) {
    Volume volume = settings.volume();
    StringBuilder line = new StringBuilder("mvn verify");
    if (registry.equals(Matrix.CANONICAL)) {
      line.append(" -Pmatrix-").append(settings.mode().id().replace('_', '-'));
    } else {
      append(line, Setting.RUN_MODE, settings.mode().id());
    }
    append(line, Setting.CASE, id.toString());
    append(line, Setting.SEED, Long.toString(volume.seed()));
    appendUnlessDefault(line, Setting.ROWS, Long.toString(volume.rows()));
    appendUnlessDefault(line, Setting.CHANGE_RATIO, volume.changeRatio().toPlainString());
    appendUnlessDefault(line, Setting.DELETE_RATIO, volume.deleteRatio().toPlainString());
    appendUnlessDefault(line, Setting.WIDE_COLUMNS, Integer.toString(volume.wideColumns()));
    if (settings.mode() != RunMode.MOCK_CONTRACT) {
      Stream.of(id.source(), id.sink())
          .distinct()
          .sorted()
          .forEach(family -> appendSystem(line, family));
    }
    return line.toString();
  }

  private void appendSystem(StringBuilder line, Family family) {
    SystemSettings systems = settings.systems();
    if (systems.external().containsKey(family)) {
      line.append(" -D").append(FamilySettings.external(family));
    }
    String image = systems.images().get(family);
    if (image != null && settings.mode() == RunMode.REAL_LOCAL) {
      line.append(" -D").append(FamilySettings.image(family, image));
    }
  }

  private static void appendUnlessDefault(StringBuilder line, Setting setting, String value) {
    if (!value.equals(setting.defaultText())) {
      append(line, setting, value);
    }
  }

  private static void append(StringBuilder line, Setting setting, String value) {
    line.append(" -D").append(setting.property()).append('=').append(value);
  }
}
