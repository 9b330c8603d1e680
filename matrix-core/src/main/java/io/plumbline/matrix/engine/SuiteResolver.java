package io.plumbline.matrix.engine;

import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.Glob;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.MatrixCase;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.DiscoveryIssue.Severity;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.engine.discovery.UniqueIdSelector;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.discovery.DiscoveryIssueReporter;
import org.junit.platform.engine.support.discovery.EngineDiscoveryRequestResolver.InitializationContext;
import org.junit.platform.engine.support.discovery.SelectorResolver;

/**
 * Turns selectors into suites and cases. Cases that the settings leave out are not made; a unique
 * id names its case whatever the settings say, because a rerun must find what it found before.
 */
final class SuiteResolver implements SelectorResolver {
  private final MatrixDescriptor root;
  private final Predicate<String> classNames;
  private final DiscoveryIssueReporter issues;
  private final Function<String, Plan> planning;
  private final MethodFilter methods;
  private boolean invalid;

  SuiteResolver(
      InitializationContext<MatrixDescriptor> context,
      Function<String, Plan> planning,
      MethodFilter methods) {
    this.root = context.getEngineDescriptor();
    this.classNames = context.getClassNameFilter();
    this.issues = context.getIssueReporter();
    this.planning = planning;
    this.methods = methods;
  }

  /** A case of a suite, by a selector of its own: the suite's children are found one by one. */
  private record CaseOfSuite(Class<?> suite, MatrixCase matrixCase) implements DiscoverySelector {}

  static boolean isSuite(Class<?> candidate) {
    return AnnotationSupport.isAnnotated(candidate, MatrixSuite.class);
  }

  @Override
  public Resolution resolve(ClassSelector selector, Context context) {
    Class<?> suite = selector.getJavaClass();
    return classNames.test(suite.getName())
        ? resolve(suite, context, planned -> planned.selected())
        : Resolution.unresolved();
  }

  @Override
  public Resolution resolve(MethodSelector selector, Context context) {
    Class<?> suite = selector.getJavaClass();
    String caseId = selector.getMethodName();
    return resolve(suite, context, planned -> named(planned, new Glob(caseId)));
  }

  @Override
  public Resolution resolve(UniqueIdSelector selector, Context context) {
    UniqueId.Segment last = selector.getUniqueId().getLastSegment();
    if (last.getType().equals(SuiteDescriptor.SEGMENT)) {
      return ReflectionSupport.tryToLoadClass(last.getValue())
          .toOptional()
          .map(suite -> resolve(suite, context, planned -> planned.selected()))
          .orElse(Resolution.unresolved());
    }
    if (last.getType().equals(CaseDescriptor.SEGMENT)) {
      return context
          .resolve(DiscoverySelectors.selectUniqueId(selector.getUniqueId().removeLastSegment()))
          .filter(SuiteDescriptor.class::isInstance)
          .map(parent -> ((SuiteDescriptor) parent).suite())
          .flatMap(suite -> caseOf(suite, last.getValue()))
          .map(only -> resolve(only, context))
          .orElse(Resolution.unresolved());
    }
    return Resolution.unresolved();
  }

  @Override
  public Resolution resolve(DiscoverySelector selector, Context context) {
    if (selector instanceof CaseSelector cases) {
      return resolve(WholeMatrix.class, context, planned -> named(planned, cases.cases()));
    }
    if (selector instanceof CaseOfSuite only) {
      return context
          .addToParent(
              // By id: filters for class names are for classes that are searched, not for a rerun.
              () ->
                  DiscoverySelectors.selectUniqueId(
                      SuiteDescriptor.uniqueId(root.getUniqueId(), only.suite())),
              parent -> Optional.of(descriptor(parent, only)))
          .map(leaf -> Resolution.match(Match.exact(leaf)))
          .orElse(Resolution.unresolved());
    }
    return Resolution.unresolved();
  }

  private static CaseDescriptor descriptor(TestDescriptor parent, CaseOfSuite only) {
    return new CaseDescriptor(parent.getUniqueId(), only.matrixCase(), only.suite().getName());
  }

  private Resolution resolve(
      Class<?> suite, Context context, Function<Plan, List<MatrixCase>> wanted) {
    if (!isSuite(suite)) {
      return Resolution.unresolved();
    }
    List<MatrixCase> cases =
        planned(suite).map(wanted).orElse(List.of()).stream().filter(c -> holds(suite, c)).toList();
    return context
        .addToParent(parent -> Optional.of(new SuiteDescriptor(parent.getUniqueId(), suite)))
        .map(descriptor -> Match.exact(descriptor, () -> selectors(suite, cases)))
        .map(Resolution::match)
        .orElse(Resolution.unresolved());
  }

  private Optional<CaseOfSuite> caseOf(Class<?> suite, String caseId) {
    return planned(suite)
        .flatMap(plan -> plan.matrix().find(caseId))
        .filter(c -> holds(suite, c))
        .map(c -> new CaseOfSuite(suite, c));
  }

  private static Set<DiscoverySelector> selectors(Class<?> suite, List<MatrixCase> cases) {
    return cases.stream()
        .map(c -> new CaseOfSuite(suite, c))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static boolean holds(Class<?> suite, MatrixCase matrixCase) {
    String source = annotation(suite).source();
    return source.equals("*") || matrixCase.id().source().id().equals(source);
  }

  private static MatrixSuite annotation(Class<?> suite) {
    return AnnotationSupport.findAnnotation(suite, MatrixSuite.class).orElseThrow();
  }

  /** The selected cases that a glob names; a glob that no case of the registry fits is an error. */
  private List<MatrixCase> named(Plan plan, Glob glob) {
    if (plan.matrix().cases().stream().noneMatch(c -> glob.matches(c.id()))) {
      report(
          "No case of %s matches '%s'; allowed are ids like %s and globs with * and ?."
              .formatted(plan.registry(), glob, plan.matrix().cases().get(0).id()),
          null);
    }
    return plan.selected().stream().filter(c -> glob.matches(c.id())).toList();
  }

  /** The plan, once it is known to be valid for the suite; each problem becomes an issue. */
  private Optional<Plan> planned(Class<?> suite) {
    MatrixSuite annotation = annotation(suite);
    if (invalid) {
      return Optional.empty();
    }
    Optional<String> refusal = methods.refusal(suite);
    if (refusal.isPresent()) {
      report(refusal.get(), suite);
      return Optional.empty();
    }
    if (root.plan().isEmpty()) {
      try {
        root.plan(planning.apply(annotation.registry()));
      } catch (InvalidInputException e) {
        invalid = true;
        report(String.valueOf(e.getMessage()), suite);
        return Optional.empty();
      }
    }
    return root.plan().filter(plan -> fits(plan, suite, annotation));
  }

  private boolean fits(Plan plan, Class<?> suite, MatrixSuite annotation) {
    if (!plan.registry().equals(annotation.registry())) {
      report(
          "Suite %s is of registry '%s' and stands beside suites of '%s'; allowed is one registry per execution."
              .formatted(suite.getName(), annotation.registry(), plan.registry()),
          suite);
      return false;
    }
    List<String> sources = plan.matrix().sources().stream().map(Family::id).toList();
    if (!annotation.source().equals("*") && !sources.contains(annotation.source())) {
      report(
          "Suite %s has the unknown source '%s'; allowed are %s, or * for all."
              .formatted(suite.getName(), annotation.source(), String.join(", ", sources)),
          suite);
      return false;
    }
    return true;
  }

  private void report(String sentence, @org.jspecify.annotations.Nullable Class<?> suite) {
    DiscoveryIssue.Builder issue = DiscoveryIssue.builder(Severity.ERROR, sentence);
    if (suite != null) {
      issue.source(ClassSource.from(suite));
    }
    issues.reportIssue(issue);
  }
}
