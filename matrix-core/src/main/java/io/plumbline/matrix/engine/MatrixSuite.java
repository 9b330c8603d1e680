package io.plumbline.matrix.engine;

import io.plumbline.matrix.registry.Matrix;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.platform.commons.annotation.Testable;

/**
 * Marks a class without content as a suite of matrix cases; the cases of a source family, or all of
 * them.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@Documented
@Testable
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface MatrixSuite {
  /** The source family whose cases the suite holds; {@code *} is every family. */
  String source() default "*";

  /** The registry, a class-path resource. */
  String registry() default Matrix.CANONICAL;
}
