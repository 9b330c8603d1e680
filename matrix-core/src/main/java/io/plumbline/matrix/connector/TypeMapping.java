package io.plumbline.matrix.connector;

import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.registry.Family;
import java.util.EnumMap;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * What one family declares about every logical type in one role. The declaration is data: it
 * renders DDL, drives conversions and the expectation, and makes the fidelity table of a pair.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class TypeMapping {

  /**
   * One line of the declaration.
   *
   * @param type the logical type
   * @param nativeType the system's own type, as it stands in DDL; empty when unsupported
   * @param fidelity what is promised
   */
  public record Declaration(LogicalType type, String nativeType, Fidelity fidelity) {
    /** False when the system has no column for the type. */
    public boolean supported() {
      return !(fidelity instanceof Fidelity.Unsupported);
    }

    /** The logical type of what the system gives back. */
    public LogicalType carried() {
      return fidelity.carried(type);
    }
  }

  private final Map<LogicalType, Declaration> declarations;
  private final Map<LogicalType, Declaration> ofDocumentedColumns;

  private TypeMapping(
      Map<LogicalType, Declaration> declarations,
      Map<LogicalType, Declaration> ofDocumentedColumns) {
    this.declarations = declarations;
    this.ofDocumentedColumns = ofDocumentedColumns;
  }

  /** Begins a declaration for a family. */
  public static Builder of(Family family, Role role) {
    return new Builder(family, role);
  }

  /** The declaration of a type. */
  public Declaration of(LogicalType type) {
    Declaration declaration = declarations.get(type);
    if (declaration == null) {
      throw new IllegalStateException("No declaration of " + type);
    }
    return declaration;
  }

  /**
   * The declaration of a column.
   *
   * @param arriving the logical type of the values that arrive for it; the column's own unless a
   *     source has changed it
   */
  public Declaration of(Column column, LogicalType arriving) {
    Declaration narrow = column.wide() ? null : ofDocumentedColumns.get(arriving);
    return narrow == null ? of(arriving) : narrow;
  }

  /** The side of a pair that a family plays. */
  public enum Role {
    SOURCE,
    SINK
  }

  /** Collects declarations; each type exactly once. */
  public static final class Builder {
    private final String owner;
    private final Map<LogicalType, Declaration> declarations = new EnumMap<>(LogicalType.class);
    private final Map<LogicalType, Declaration> ofDocumentedColumns =
        new EnumMap<>(LogicalType.class);

    private Builder(Family family, Role role) {
      this.owner = family + " " + role.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Every value comes back as it went in. */
    public Builder exact(LogicalType type, String nativeType) {
      return add(type, nativeType, new Fidelity.Exact());
    }

    /** Every value is kept, in a wider logical type. */
    public Builder widened(LogicalType type, String nativeType, LogicalType to) {
      return add(type, nativeType, new Fidelity.Widened(to));
    }

    /** Every value is kept, in a floating-point type, but negative zero loses its sign. */
    public Builder unsignedZero(LogicalType type, String nativeType, LogicalType to) {
      return add(type, nativeType, new Fidelity.UnsignedZero(to));
    }

    /** Fractions are rounded half up to so many digits. */
    public Builder rounded(LogicalType type, String nativeType, int fractionDigits) {
      return add(type, nativeType, new Fidelity.Rounded(fractionDigits));
    }

    /** Fractions beyond so many digits are cut off. */
    public Builder truncated(LogicalType type, String nativeType, int fractionDigits) {
      return add(type, nativeType, new Fidelity.Truncated(fractionDigits));
    }

    /** Every value travels as text. */
    public Builder asText(LogicalType type, String nativeType, TextForm form) {
      return add(type, nativeType, new Fidelity.AsText(form));
    }

    /**
     * The columns that keys, partitions and cursors rest on (all but the wide ones) hold ordinary
     * values, so a native type that is too narrow for the whole logical type keeps them exactly.
     */
    public Builder exactInDocumentedColumns(LogicalType type, String nativeType) {
      return add(ofDocumentedColumns, type, nativeType, new Fidelity.Exact());
    }

    /** No column for it. */
    public Builder unsupported(LogicalType type, String reason) {
      return add(type, "", new Fidelity.Unsupported(reason));
    }

    private Builder add(LogicalType type, String nativeType, Fidelity fidelity) {
      return add(declarations, type, nativeType, fidelity);
    }

    private Builder add(
        Map<LogicalType, Declaration> to, LogicalType type, String nativeType, Fidelity fidelity) {
      if (to.put(type, new Declaration(type, nativeType, fidelity)) != null) {
        throw new IllegalStateException("%s declares %s twice.".formatted(owner, type.id()));
      }
      return this;
    }

    /** The finished declaration; every logical type must be in it. */
    public TypeMapping build() {
      for (LogicalType type : LogicalType.values()) {
        if (!declarations.containsKey(type)) {
          throw new IllegalStateException(
              "%s does not declare %s; every logical type needs a line, UNSUPPORTED with a reason where there is none."
                  .formatted(owner, type.id()));
        }
      }
      return new TypeMapping(new EnumMap<>(declarations), new EnumMap<>(ofDocumentedColumns));
    }
  }
}
