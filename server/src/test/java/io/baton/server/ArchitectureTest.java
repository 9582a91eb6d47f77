package io.baton.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of packages in ARCHITECTURE.md is the rule; this reads it and holds the code to it. */
class ArchitectureTest {

    private static final String ROOT = "io.baton.";
    private static final Path TABLE = Path.of("..", "ARCHITECTURE.md");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z.]+)` \\| (.+) \\|");
    private static final String EVERYTHING = "everything";

    private static final JavaClasses SERVER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT + "server");

    @Test
    void everyArrowBetweenPackagesIsInTheTable() throws IOException {
        var allowed = table();
        var missing = new TreeSet<String>();
        for (var type : SERVER) {
            var from = name(type);
            var targets = allowed.get(from);
            assertThat(targets).as("%s stands in the table", from).isNotNull();
            for (var dependency : type.getDirectDependenciesFromSelf()) {
                var to = name(dependency.getTargetClass());
                var isOurs = dependency.getTargetClass().getPackageName().startsWith(ROOT);
                if (isOurs && !to.equals(from) && targets != null && !permits(targets, to)) {
                    missing.add(from + " → " + to + ", as in " + dependency.getDescription());
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void theTableNamesNoPackageThatIsGone() throws IOException {
        var found = SERVER.stream().map(ArchitectureTest::name).collect(Collectors.toCollection(TreeSet::new));
        var named = table().keySet().stream()
                .filter(name -> name.startsWith("server"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).isEqualTo(found);
    }

    @Test
    void onlyTheEngineKnowsTheFeelLibrary() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.kie..", "org.drools..", "com.fasterxml.jackson.databind..")
                .because("the FEEL library and the old Jackson it brings stand behind one package of the engine")
                .check(SERVER);
    }

    private static boolean permits(Set<String> targets, String to) {
        return targets.stream().anyMatch(target -> target.startsWith(EVERYTHING))
                || targets.contains(to)
                || (targets.contains("the engine") && to.startsWith("engine"));
    }

    private static String name(JavaClass type) {
        return type.getPackageName()
                .substring(Math.min(ROOT.length(), type.getPackageName().length()));
    }

    private static Map<String, Set<String>> table() throws IOException {
        var table = new TreeMap<String, Set<String>>();
        for (var line : Files.readAllLines(TABLE)) {
            var row = ROW.matcher(line.strip());
            if (row.matches()) {
                table.put(
                        row.group(1),
                        Arrays.stream(row.group(2).split(","))
                                .map(String::strip)
                                .collect(Collectors.toSet()));
            }
        }
        assertThat(table).as("the table in ARCHITECTURE.md").isNotEmpty();
        return table;
    }
}
