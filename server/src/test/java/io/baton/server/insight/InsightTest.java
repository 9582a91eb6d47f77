package io.baton.server.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.server.CrewNode;
import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Committer;
import io.baton.server.commit.Request;
import io.baton.server.database.TestDatabase;
import io.baton.server.insight.Reading.Part;
import io.baton.server.tasks.Tasks;
import io.baton.server.verify.RandomHistory;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The picture in memory is the database's, however it was brought up to it, and whoever wrote in what order. */
class InsightTest {

    private static final long SEED = Long.getLong("seed", 20_261_125L);
    private static final CrewNode CREW = new CrewNode();
    private static final TestDatabase DATABASE = CREW.database();
    private static final Node NODE = CREW.node();
    private static final Committer COMMITTER = CREW.committer();

    @AfterAll
    static void close() {
        CREW.close();
    }

    private static Insight insight() {
        return new Insight(NODE.jdbc(), NODE.transaction(), NODE.deployments(), NODE.finishedWords(), CrewNode.CLOCK);
    }

    /** All that can be asked, as text. */
    private static List<Object> everything(Insight insight) {
        return insight.ask(reading -> List.of(
                reading.openCases(),
                reading.tower(
                                CaseFilter.ALL,
                                new Period(reading.now(), 92),
                                new Needs.Reader("p1", Set.of(), true),
                                1_000,
                                1_000)
                        .toString(),
                reading.ageing(CaseFilter.ALL, 1_000).toString(),
                reading.map(CaseFilter.ALL).toString(),
                reading.figures("undoable", new Period(reading.now(), 92)).toString(),
                reading.figures("chased", new Period(reading.now(), 92)).toString(),
                reading.cases(CaseFilter.ALL, null, 100_000),
                reading.tasks(CaseFilter.ALL, null, null, Tasks.NEVER, null, 100_000),
                reading.incidents(CaseFilter.ALL, null, null, null, false, null, 100_000)));
    }

    @Test
    void aPictureThatCaughtUpStepByStepEqualsOneMadeAnew() throws IOException {
        var history = new RandomHistory(NODE, COMMITTER, SEED);
        var watching = insight();
        for (int i = 0; i < 15; i++) {
            history.commands(60);
            assertThat(everything(watching))
                    .as("seed %d, after %d commands", SEED, 60 * (i + 1))
                    .isEqualTo(everything(insight()));
        }
        long open = NODE.jdbc()
                .sql("select count(*) from cases where ended_at is null")
                .query(Long.class)
                .single();
        assertThat(watching.ask(Reading::openCases)).isEqualTo(open).isPositive();
    }

    /** A file may be opened, a comment erased after the end. */
    @Test
    void whatHappensToACaseThatIsOverDoesNotCountItAgain() throws IOException {
        new RandomHistory(NODE, COMMITTER, SEED + 40).commands(200);
        var watching = insight();
        List<Long> before = watching.ask(reading -> reading.cases(CaseFilter.ALL, null, 100_000));
        var over = NODE.jdbc()
                .sql("select id from cases where ended_at is not null order by id limit 3")
                .query((row, _) -> row.getLong(1))
                .list();
        assertThat(over).isNotEmpty();
        for (var id : over) {
            var noted = COMMITTER.perform(
                    Request.of(id, new Command.ObserveDeviation("Called", "late"), Actor.system("chance")));
            assertThat(noted).isInstanceOf(Answer.Done.class);
        }
        List<Long> after = watching.ask(reading -> reading.cases(CaseFilter.ALL, null, 100_000));
        assertThat(after).isEqualTo(before).doesNotHaveDuplicates();
        assertThat(everything(watching)).isEqualTo(everything(insight()));
    }

    @Test
    void seesWhatATransactionWroteThatCommittedLongAfterItBegan() throws SQLException, IOException {
        new RandomHistory(NODE, COMMITTER, SEED + 1).commands(40);
        var watching = insight();
        var before = watching.ask(Reading::openCases);
        try (var late = DATABASE.database().connect()) {
            late.setAutoCommit(false);
            cancel(late, 1);
            for (int i = 0; i < 3; i++) {
                new RandomHistory(NODE, COMMITTER, SEED + 2 + i).commands(20);
                assertThat(everything(watching)).isEqualTo(everything(insight()));
            }
            var meanwhile = watching.ask(Reading::openCases);

            late.commit();

            assertThat(watching.ask(Reading::openCases)).isEqualTo(meanwhile - 1);
        }
        assertThat(before).isPositive();
        assertThat(everything(watching)).isEqualTo(everything(insight()));
    }

    /** As another node would: the row of the case, and one of the journal. */
    private static void cancel(Connection connection, int cases) throws SQLException {
        try (var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("""
                            with ended as (
                                update cases set status = 3, ended_at = '2026-12-30T00:00:00Z', state = null,
                                    entries = entries + 1
                                where id = (select max(id) from cases where ended_at is null) returning id, entries)
                            insert into journal (case_id, seq, at, body, hash)
                            select id, entries, '2020-01-01T00:00:00Z', '', '' from ended""")).isEqualTo(cases);
        }
    }

    @Test
    void aShortListIsTheBeginningOfTheLongOne() throws IOException {
        new RandomHistory(NODE, COMMITTER, SEED + 3).commands(600);
        insight().ask(reading -> {
            var period = new Period(reading.now(), 7);
            var reader = new Needs.Reader("p1", Set.of(), true);
            var all = reading.tower(CaseFilter.ALL, period, reader, 10_000, 10_000);
            var tasks = reading.tasks(CaseFilter.ALL, null, null, Tasks.NEVER, null, 10_000);
            var incidents = reading.incidents(CaseFilter.ALL, null, null, null, false, null, 10_000);
            for (int few : new int[] {1, 3, 10}) {
                var some = reading.tower(CaseFilter.ALL, period, reader, few, 10_000);
                assertThat(some.needs()).hasSize(few).isEqualTo(all.needs().subList(0, few));
                assertThat(pages(
                                tasks,
                                few,
                                after -> reading.tasks(CaseFilter.ALL, null, null, Tasks.NEVER, after, few)))
                        .isEqualTo(tasks);
                assertThat(pages(
                                incidents,
                                few,
                                after -> reading.incidents(CaseFilter.ALL, null, null, null, false, after, few)))
                        .isEqualTo(incidents);
            }
            return all;
        });
    }

    /** As many pages as the whole list has, one after the other. */
    private static List<Part> pages(List<Part> whole, int few, Function<@Nullable Part, List<Part>> page) {
        assertThat(whole).hasSizeGreaterThan(few);
        var parts = new ArrayList<Part>();
        for (int i = 0; i < whole.size(); i += few) {
            parts.addAll(page.apply(parts.isEmpty() ? null : parts.getLast()));
        }
        return parts;
    }

    @Test
    void aCaseIsFoundByEachValueOfAListAsByATag() {
        var version = NODE.deployments()
                .deploy(TestProcess.twoTasks().sources(), "p1")
                .getFirst()
                .version()
                .id();
        var variables = new LinkedHashMap<String, @Nullable Object>();
        variables.put("tags", List.of("urgent", "late payer"));
        variables.put("amounts", List.of(new BigDecimal("7.50"), BigDecimal.TEN));
        var id = CREW.committer().nextCaseId();
        var start = new Command.StartCase(version, null, "p1", variables);
        assertThat(CREW.committer()
                        .perform(new Request(id, start, Actor.person("p1"), CrewNode.CLOCK.instant(), null, false)))
                .isInstanceOf(Answer.Done.class);
        for (var tag : List.of("tags=urgent", "tags=late payer", "amounts=7.5", "amounts=10")) {
            assertThat(having(tag)).as(tag).containsExactly(id);
        }
        assertThat(having("tags=late")).isEmpty();
        assertThat(having("amounts=17.5")).isEmpty();
    }

    private static List<Long> having(String variable) {
        var parts = variable.split("=", 2);
        return insight().ask(reading -> reading.cases(CaseFilter.of(null, null, null, parts[0], parts[1]), null, 10));
    }

    @Test
    void percentilesAreOfTheNearestRank() {
        var random = new Random(SEED);
        for (int size : IntStream.concat(IntStream.range(1, 300), IntStream.of(4096, 4097, 20_000))
                .toArray()) {
            for (int bits : new int[] {6, 20, 62}) {
                var parts = List.of(new Percentile(), new Percentile(), new Percentile());
                var values = new long[size];
                for (int i = 0; i < size; i++) {
                    values[i] = random.nextInt(20) == 0
                            ? -random.nextInt(9)
                            : random.nextLong(1L << random.nextInt(1, bits));
                    parts.get(random.nextInt(5) / 2).add(values[i]);
                }
                Arrays.sort(values);
                for (int percent : new int[] {50, 85, 95, 100}) {
                    int rank = (int) Math.ceil(percent * size / 100.0);
                    assertThat(Percentile.of(percent, parts)).hasValue(values[Math.max(1, rank) - 1]);
                }
            }
        }
        assertThat(new Percentile().of(50)).isEmpty();
    }
}
