package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Preflight.Finding;
import io.baton.engine.Roster.Person;
import io.baton.engine.Roster.Team;
import io.baton.engine.calendar.WorkingCalendar;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is found before a case starts; the same roster without the fault finds nothing. */
class PreflightTest {

    private static final Instant FRIDAY_EVENING = Instant.parse("2026-01-02T18:00:00Z");
    private static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");

    private final Office office = new Office()
            .people("olga", "lea")
            .person("ann", "lea", "iban")
            .person("bob", null)
            .team("ap", "lea", "ann", "bob");

    private List<String> find(String model) {
        return find(model, Map.of());
    }

    private List<String> find(String model, Map<String, ? extends @Nullable Object> variables) {
        return Preflight.of(
                        Models.of(model).all().getFirst(),
                        new LinkedHashMap<>(variables),
                        "olga",
                        FRIDAY_EVENING,
                        office)
                .stream()
                .map(PreflightTest::text)
                .toList();
    }

    private static String text(Finding finding) {
        var text = new StringBuilder(finding.kind().name());
        for (var part :
                new @Nullable Object[] {finding.node(), finding.person(), finding.team(), finding.name(), finding.at()
                }) {
            text.append(part == null ? "" : " " + part);
        }
        return text.toString();
    }

    @Test
    void aCaseThatWillGoWellHasNoFindings() {
        assertThat(find("""
                start -> a -> b -> c
                a: user team=ap due=P3D
                b: user team=ap holder=ann
                c: user team=ap skill=iban
                """)).isEmpty();
    }

    @Test
    void theOwnerIsThere() {
        var model = "start -> a\na: user team=ap";
        office.absent("olga", FRIDAY_EVENING, MONDAY, "lea");
        assertThat(find(model)).isEmpty();
        office.absent("lea", FRIDAY_EVENING, MONDAY, null);
        assertThat(find("process p owner=lea\n" + model)).containsExactly("OWNER_ABSENT lea " + MONDAY);
        office.leaves("olga");
        assertThat(find(model)).containsExactly("OWNER_LEFT olga");
        office.people.remove("olga");
        assertThat(find(model)).containsExactly("OWNER_UNKNOWN olga");
    }

    @Test
    void somebodyOfTheTeamIsThere() {
        var model = "start -> a\na: user party=ap";
        office.leaves("ann");
        office.absent("bob", FRIDAY_EVENING, MONDAY, "lea");
        assertThat(find(model)).containsExactly("TEAM_ABSENT a ap");
        office.leaves("bob");
        assertThat(find(model)).containsExactly("TEAM_EMPTY a ap");
        office.teams.put("ap", new Team("ap", Team.Kind.ORGANISATION, null, List.of()));
        assertThat(find(model)).containsExactly("NO_CONTACT a ap");
        office.teams.remove("ap");
        assertThat(find(model)).containsExactly("TEAM_UNKNOWN a ap");
        assertThat(find("start -> a\na: user")).containsExactly("NOBODY_NAMED a");
    }

    @Test
    void whoIsNamedIsThereOrStoodInFor() {
        var model = "start -> a\na: user holder=ann";
        office.absent("ann", FRIDAY_EVENING, MONDAY, "bob");
        assertThat(find(model)).isEmpty();
        office.absent("bob", FRIDAY_EVENING, MONDAY, null);
        assertThat(find(model)).containsExactly("HOLDER_ABSENT a bob " + MONDAY);
        office.leaves("bob");
        assertThat(find(model)).containsExactly("HOLDER_LEFT a bob");
        assertThat(find("start -> a\na: user holder=eve")).containsExactly("HOLDER_UNKNOWN a eve");
        assertThat(find("start -> a\na: user manager=bob")).containsExactly("NOBODY_NAMED a bob");
    }

    @Test
    void whatDependsOnLaterVariablesIsNotGuessed() {
        var model = """
                start -> a -> b
                a: user holder={who}
                b: user team={which} due={when}
                """;
        assertThat(find(model)).isEmpty();
        assertThat(find(model, Map.of("who", "eve", "which", "legal", "when", "2026-01-01T00:00:00Z")))
                .containsExactly(
                        "HOLDER_UNKNOWN a eve", "TEAM_UNKNOWN b legal", "DUE_IN_THE_PAST b 2026-01-01T00:00:00Z");
    }

    @Test
    void theRuleFindsSomebody() {
        assertThat(find("start -> a\na: user team=ap skill=swift")).containsExactly("NOBODY_SKILLED a ap swift");
        var eyes = """
                start -> a -> b
                a: user team=ap
                b: user team=ap eyes=a assign=load
                """;
        assertThat(find(eyes)).isEmpty();
        office.leaves("bob");
        assertThat(find(eyes)).containsExactly("NO_SECOND_PAIR_OF_EYES b ann ap a");
    }

    @Test
    void anOverloadedTeamIsNoTeam() {
        var model = "start -> a\na: user team=ap";
        office.work.put("ann", 11);
        office.work.put("bob", 10);
        assertThat(find(model)).as("bob has room").isEmpty();
        office.work.put("bob", 11);
        assertThat(find(model)).containsExactly("OVERLOADED a ap");
        assertThat(find("start -> a\na: user team=ap skill=iban")).containsExactly("OVERLOADED a ann");
    }

    @Test
    void aDueDateLeavesTimeToWork() {
        var weekdays = WorkingCalendar.weekdays(ZoneOffset.UTC, LocalTime.of(9, 0), LocalTime.of(17, 0));
        var model = "start -> a\na: user team=ap due=";
        assertThat(find(model + "P1D")).isEmpty();
        office.working("ann", weekdays, null);
        assertThat(find(model + "P1D")).as("bob works round the clock").isEmpty();
        office.working("bob", weekdays, null);
        assertThat(find(model + "P1D")).containsExactly("NO_WORKING_TIME a 2026-01-03T18:00:00Z");
        assertThat(find(model + "P8D")).containsExactly("DUE_ON_A_DAY_OFF a 2026-01-10T18:00:00Z");
        assertThat(find(model + "P3D")).isEmpty();
        assertThat(find(model + "2026-01-01")).containsExactly("DUE_IN_THE_PAST a 2026-01-01T00:00:00Z");
    }

    @Test
    void thePolicyIsThere() {
        var model = "start -> a\na: user team=ap policy=chase";
        assertThat(find(model)).containsExactly("POLICY_UNKNOWN a chase");
        office.policy(new Policy("chase", 1, null, List.of(), true, false));
        assertThat(find(model)).isEmpty();
    }

    @Test
    void withoutADirectoryNobodyIsMissing() {
        var model = Models.of("start -> a -> b\na: user team=ap policy=chase\nb: user holder=eve");
        assertThat(Preflight.of(model.all().getFirst(), new LinkedHashMap<>(), "olga", FRIDAY_EVENING, Roster.NOBODY))
                .isEmpty();
    }

    @Test
    void someoneWhoLeftAndCameBackIsThere() {
        office.leaves("ann").leaves("bob");
        assertThat(find("start -> a\na: user team=ap")).containsExactly("TEAM_EMPTY a ap");
        office.with(new Person("bob", true, null, List.of(), List.of(), 10, Roster.ALWAYS, null, List.of()));
        assertThat(find("start -> a\na: user team=ap")).isEmpty();
    }
}
