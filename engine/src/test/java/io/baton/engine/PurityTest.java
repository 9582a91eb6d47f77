package io.baton.engine;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules that keep the engine a pure function of its arguments. Each one names the bug it prevents. */
class PurityTest {

    private static final String ROOT = "io.baton.engine";

    /** Which package may know which. Adding an arrow is a decision, not an import. */
    private static final Map<String, Set<String>> ALLOWED = table("""
            engine     -> model expression codec
            bpmn       -> model expression xml
            model      -> expression codec xml
            expression -> xml
            xml        ->
            codec      ->
            calendar   ->
            """);

    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** All but the package that wraps the FEEL library, which has its own bounds and tests. */
    private static final JavaClasses PURE =
            ENGINE.that(describe("are pure", type -> !part(type).equals("expression")));

    /** What decides and replays. Parsing a file takes streams of bytes and StAX. */
    private static final JavaClasses DECIDING =
            PURE.that(describe("decide", type -> !part(type).equals("xml")));

    @Test
    void importsNothingButTheJdkOutsideTheExpressionPackage() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "..",
                        "java.lang..",
                        "java.math..",
                        "java.nio.charset",
                        "java.text",
                        "java.time..",
                        "java.util..",
                        "org.jspecify..")
                .because("the engine must run, and be tested, without a database, a network or a framework")
                .check(DECIDING);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.kie..", "org.drools..")
                .because("the FEEL library stands behind one package")
                .check(PURE);
    }

    @Test
    void asksNoClockAndRollsNoDice() {
        noClasses()
                .should()
                .callMethodWhere(describe("ask the time", PurityTest::asksTheTime))
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(ZoneId.class, "systemDefault")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.util.random")
                .because("replaying the same events on another day must give the same state")
                .check(PURE);
    }

    private static boolean asksTheTime(JavaMethodCall call) {
        var owner = call.getTargetOwner();
        var now = call.getName().equals("now")
                && Stream.of(
                                Instant.class,
                                LocalDate.class,
                                LocalDateTime.class,
                                OffsetDateTime.class,
                                ZonedDateTime.class)
                        .anyMatch(owner::isEquivalentTo);
        return now
                || (owner.isEquivalentTo(System.class)
                        && Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty", "identityHashCode")
                                .contains(call.getName()));
    }

    @Test
    void startsNoThreadsAndTouchesNoFiles() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent..", "java.io", "java.nio.file..", "java.net..", "java.sql..")
                .because("a decision is over when it returns, and needs nothing but its arguments")
                .check(DECIDING);
    }

    @Test
    void iteratesInOneOrderOnly() {
        noClasses()
                .should()
                .callMethodWhere(describe("build an unordered Map or Set", PurityTest::buildsUnordered))
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(HashSet.class, HashMap.class, IdentityHashMap.class, WeakHashMap.class)
                .because("Map.copyOf and Set.of iterate in an order that each JVM draws at random")
                .check(PURE);
    }

    private static boolean buildsUnordered(JavaMethodCall call) {
        var owner = call.getTargetOwner();
        return (Set.of("of", "ofEntries", "copyOf").contains(call.getName())
                        && (owner.isEquivalentTo(Map.class) || owner.isEquivalentTo(Set.class)))
                || (owner.isEquivalentTo(Collectors.class)
                        && (call.getName().equals("toSet")
                                || call.getName().equals("toUnmodifiableSet")
                                || call.getName().equals("toUnmodifiableMap")
                                || isOfTwo(call, "toMap")
                                || isOfOne(call, "groupingBy")));
    }

    /** With a supplier of the map as a further argument the order is the caller's. */
    private static boolean isOfTwo(JavaMethodCall call, String name) {
        return call.getName().equals(name)
                && call.getTarget().getRawParameterTypes().size() < 4;
    }

    private static boolean isOfOne(JavaMethodCall call, String name) {
        return call.getName().equals(name)
                && call.getTarget().getRawParameterTypes().size() < 3;
    }

    @Test
    void dependsOnlyAsTheTableAllows() {
        var violations = ENGINE.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(PurityTest::isForbidden)
                .map(Dependency::getDescription)
                .sorted()
                .collect(joining("\n"));
        assertThat(violations).as("dependencies that the table does not allow").isEmpty();
    }

    @Test
    void hasNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(ENGINE);
        noClasses()
                .that(resideInAPackage(ROOT + ".*"))
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT))
                .because("the engine knows its packages; they do not know the engine")
                .check(ENGINE);
    }

    @Test
    void seesEveryPackageOfTheTable() {
        assertThat(ENGINE.stream().map(PurityTest::part).distinct())
                .containsExactlyInAnyOrderElementsOf(ALLOWED.keySet());
    }

    private static boolean isForbidden(Dependency dependency) {
        var from = part(dependency.getOriginClass());
        var to = part(dependency.getTargetClass());
        return !to.isEmpty()
                && !from.equals(to)
                && !ALLOWED.getOrDefault(from, Set.of()).contains(to);
    }

    private static String part(JavaClass type) {
        var name = type.getBaseComponentType().getPackageName();
        return name.equals(ROOT)
                ? "engine"
                : name.startsWith(ROOT + ".")
                        ? name.substring(ROOT.length() + 1).split("\\.", 2)[0]
                        : "";
    }

    private static Map<String, Set<String>> table(String text) {
        var table = new TreeMap<String, Set<String>>();
        text.lines().map(line -> line.split("->", 2)).forEach(row -> {
            var allowed = row[1].strip();
            table.put(row[0].strip(), allowed.isEmpty() ? Set.of() : Set.copyOf(List.of(allowed.split(" +"))));
        });
        return table;
    }
}
