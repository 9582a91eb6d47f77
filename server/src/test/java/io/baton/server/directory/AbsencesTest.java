package io.baton.server.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.server.Node;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.TestDatabase;
import io.baton.server.web.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/** Who is away: in order, once at a time, with somebody who stands in. */
class AbsencesTest {

    private static final Instant MONDAY = Instant.parse("2026-11-09T00:00:00Z");

    private final TestDatabase database = TestDatabase.migrated();
    private final TestClock clock = new TestClock();
    private final Node node = new Node(database.database(), LocalWorkers.NONE, clock);
    private final Absences absences = node.absences();
    private final String ada =
            node.directory().add(Person.member("Ada", null, List.of())).orElseThrow();
    private final String bob =
            node.directory().add(Person.member("Bob", null, List.of())).orElseThrow();

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    @Test
    void oneMayBeginWhenAnotherEnds() {
        var first = add(ada, 0, 5, bob);
        var second = add(ada, 5, 9, null);
        assertThat(absences.of(ada))
                .extracting(Absence::id, Absence::substitute)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(first, bob),
                        org.assertj.core.groups.Tuple.tuple(second, null));
        assertThat(absences.find(first).map(Absence::until)).contains(day(5));
    }

    @Test
    void nobodyIsAwayTwiceAtOnce() {
        var first = add(ada, 2, 6, null);
        add(bob, 2, 6, null);
        for (int from = 0; from < 8; from++) {
            for (int until = from + 1; until <= 8; until++) {
                var written = absences.add(absence(ada, from, until, null));
                if (until <= 2 || from >= 6) {
                    assertThat(absences.remove(Long.parseLong(DirectoryTest.done(written))))
                            .isTrue();
                } else {
                    assertThat(written)
                            .isInstanceOfSatisfying(
                                    Written.Overlaps.class,
                                    overlaps ->
                                            assertThat(overlaps.other().id()).isEqualTo(first));
                }
            }
        }
    }

    @Test
    void theDatabaseHoldsToItTooWhoeverWrites() {
        add(ada, 2, 6, null);
        assertThatThrownBy(() -> node.jdbc()
                        .sql(
                                "insert into absence (person, from_at, until_at) values (?, ?::timestamptz, ?::timestamptz)")
                        .param(ada)
                        .param(day(5).toString())
                        .param(day(7).toString())
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("away at that time already");
    }

    @Test
    void isInOrderNotTooLongAndForSomebodyElseToStandIn() {
        assertThat(mistakes(absence(ada, 5, 5, null))).containsExactly("until");
        assertThat(mistakes(new Absence(0, ada, day(0), day(0).plus(Duration.ofDays(1001)), null, null)))
                .containsExactly("until");
        assertThat(mistakes(absence(ada, 0, 1, ada))).containsExactly("substitute");
        assertThat(mistakes(absence(ada, 0, 1, "p99"))).containsExactly("substitute");
        assertThat(mistakes(new Absence(0, ada, day(0), day(1), null, "x".repeat(201))))
                .containsExactly("reason");
        assertThat(absences.add(absence("p99", 0, 1, null))).isEqualTo(new Written.NoSuchPerson("p99"));
        DirectoryTest.done(node.directory().leaveForGood(bob, MONDAY));
        assertThat(mistakes(absence(ada, 0, 1, bob))).containsExactly("substitute");
    }

    @Test
    void whatIsOverIsNotListedAndCanBeRemovedOnce() {
        var past = add(ada, 0, 1, null);
        clock.advance(Duration.between(clock.instant(), day(1)));
        assertThat(absences.of(ada)).isEmpty();
        assertThat(absences.remove(past)).isTrue();
        assertThat(absences.remove(past)).isFalse();
    }

    private List<String> mistakes(Absence absence) {
        return ((Written.Wrong) absences.add(absence))
                .mistakes().stream().map(Mistake::field).toList();
    }

    private long add(String person, int from, int until, @Nullable String substitute) {
        return Long.parseLong(DirectoryTest.done(absences.add(absence(person, from, until, substitute))));
    }

    private static Absence absence(String person, int from, int until, @Nullable String substitute) {
        return new Absence(0, person, day(from), day(until), substitute, "Holiday");
    }

    private static Instant day(int number) {
        return MONDAY.plus(Duration.ofDays(number));
    }
}
