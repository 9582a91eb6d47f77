package io.baton.server.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.Engine;
import io.baton.engine.Ledger;
import io.baton.engine.Ledger.Charge;
import io.baton.server.CrewNode;
import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Request;
import io.baton.server.insight.Ledgers.Filter;
import io.baton.server.insight.Ledgers.Sum;
import io.baton.server.insight.Ledgers.Version;
import io.baton.server.verify.RandomHistory;
import io.baton.server.verify.Verify;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Over a random history, the sums of ledgers are those of adding up every finished case's journal, whoever wrote them down. */
class LedgersTest {

    private static final long SEED = Long.getLong("seed", 20_261_201L);
    private static final CrewNode CREW = new CrewNode();
    private static final Node NODE = CREW.node();
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    @AfterAll
    static void close() {
        CREW.close();
    }

    private record Finished(long id, int process, Instant at, List<Charge> charges) {}

    private static List<Finished> byHand() {
        return NODE.jdbc()
                .sql("select id, process_id, ended_at from cases where ended_at is not null order by id")
                .query((row, _) -> {
                    var at = row.getTimestamp(3).toInstant();
                    var entries = NODE.journal().all(row.getLong(1)).stream()
                            .map(entry -> new Engine.Entry(entry.at(), entry.events()))
                            .toList();
                    var ledger = Ledger.of(
                            NODE.deployments(), entries, at, NODE.rosters().current());
                    return new Finished(row.getLong(1), row.getInt(2), at, ledger.charges());
                })
                .list();
    }

    private static boolean fits(Filter filter, Finished of) {
        return !of.at().isBefore(filter.from())
                && of.at().isBefore(filter.to())
                && filter.versions().stream().anyMatch(version -> version.id() == of.process());
    }

    private static boolean fits(Filter filter, Charge charge) {
        return (filter.party() == null
                        || filter.party().equals(Objects.requireNonNullElse(charge.party(), Ledgers.NO_PARTY)))
                && (filter.holder() == null || filter.holder().equals(charge.holder()));
    }

    /** Which cases, and how long, by what they are summed. */
    private static Map<String, String> added(
            List<Finished> all, Filter filter, BiFunction<Finished, Charge, String> by) {
        var cases = new TreeMap<String, TreeSet<Long>>();
        var times = new TreeMap<String, Duration>();
        for (var of : all) {
            for (var charge : of.charges()) {
                if (fits(filter, of) && fits(filter, charge)) {
                    cases.computeIfAbsent(by.apply(of, charge), _ -> new TreeSet<>())
                            .add(of.id());
                    times.merge(by.apply(of, charge), charge.elapsed(), Duration::plus);
                }
            }
        }
        var added = new TreeMap<String, String>();
        cases.forEach((key, ids) -> added.put(key, ids.size() + " cases, " + times.get(key)));
        return added;
    }

    private static Map<String, String> said(List<Sum> sums, Function<Sum, String> by) {
        return sums.stream()
                .collect(Collectors.toMap(
                        by,
                        sum -> sum.cases() + " cases, " + sum.amounts().elapsed(),
                        (_, other) -> other,
                        TreeMap::new));
    }

    private static List<Version> versions(@Nullable String process) {
        var ids =
                process == null ? NODE.deployments().ids() : NODE.deployments().ids(process);
        return ids.stream()
                .map(id -> new Version(id, NODE.deployments().require(id).key(), null))
                .toList();
    }

    private static void compare(List<Finished> all, Filter filter) {
        var sums = NODE.ledgers().sums(filter).orElseThrow();
        assertThat(said(sums.people(), sum -> sum.party() + " " + sum.holder()))
                .as("seed %d, %s", SEED, filter)
                .isEqualTo(added(all, filter, (_, charge) -> charge.party() + " " + charge.holder()));
        assertThat(said(sums.parties(), sum -> String.valueOf(sum.party())))
                .isEqualTo(added(all, filter, (_, charge) -> String.valueOf(charge.party())));
        assertThat(said(sums.processes(), sum -> String.valueOf(sum.process())))
                .isEqualTo(added(
                        all,
                        filter,
                        (of, _) -> NODE.deployments().require(of.process()).key()));

        var listed = new ArrayList<Ledgers.OfCase>();
        Ledgers.@Nullable After after = null;
        do {
            var page = NODE.ledgers().cases(filter, after, 7).orElseThrow();
            listed.addAll(page);
            after = page.size() < 7
                    ? null
                    : new Ledgers.After(
                            page.getLast().caseId(), page.getLast().amounts().elapsed());
        } while (after != null);
        assertThat(listed).as("the list behind the number").hasSize((int) sums.cases());
        assertThat(listed.stream()
                        .collect(Collectors.toMap(
                                each -> String.valueOf(each.caseId()),
                                each -> "1 cases, " + each.amounts().elapsed())))
                .isEqualTo(added(all, filter, (of, _) -> String.valueOf(of.id())));
    }

    @Test
    void areAddedUpAsTheJournalsSay() throws IOException {
        var history = new RandomHistory(NODE, CREW.committer(), SEED);
        var random = new Random(SEED);
        for (int round = 0; round < 4; round++) {
            history.commands(250);
            var all = byHand();
            assertThat(all).isNotEmpty();
            var charges = all.stream().flatMap(of -> of.charges().stream()).toList();
            compare(all, new Filter(FIRST, CrewNode.CLOCK.instant(), versions(null), null, null));
            for (int i = 0; i < 8; i++) {
                var charge = charges.get(random.nextInt(charges.size()));
                var of = all.get(random.nextInt(all.size()));
                var party = Objects.requireNonNullElse(charge.party(), Ledgers.NO_PARTY);
                var process = NODE.deployments().require(of.process()).key();
                compare(
                        all,
                        new Filter(
                                random.nextBoolean() ? FIRST : of.at(),
                                CrewNode.CLOCK.instant(),
                                versions(random.nextBoolean() ? null : process),
                                random.nextBoolean() ? null : party,
                                random.nextBoolean() ? null : charge.holder()));
            }
        }
        assertThat(problems()).isEmpty();

        var changed = NODE.jdbc().sql("""
                        update finished_ledger set elapsed[1] = elapsed[1] + 1
                        where case_id = (select max(case_id) from finished_ledger where elapsed <> '{}')
                        returning case_id""").query(Long.class).single();
        assertThat(problems()).singleElement().asString().startsWith("case " + changed + ": ledger");
    }

    @Test
    void ofManyNeverAskedForAreWrittenByTheLoop() {
        int version = NODE.deployments()
                .deploy(
                        TestProcess.of("at-once", "ONC")
                                .then("startEvent", "start")
                                .then("endEvent", "end")
                                .sources(),
                        "p1")
                .getFirst()
                .version()
                .id();
        int many = 2_300;
        var ends = Instant.parse("2027-02-01T00:00:00Z");
        for (int i = 0; i < many; i++) {
            var start = new Command.StartCase(version, null, "p1", new LinkedHashMap<>());
            assertThat(CREW.committer()
                            .perform(new Request(
                                    CREW.committer().nextCaseId(), start, Actor.person("p1"), ends, null, false)))
                    .isInstanceOf(Answer.Done.class);
        }
        var filter = new Filter(ends, ends.plusSeconds(1), versions("at-once"), null, null);
        assertThat(NODE.ledgers().sums(filter)).isEmpty();
        while (!NODE.ledgers().catchUp()) {
            Thread.onSpinWait();
        }
        assertThat(NODE.ledgers().sums(filter)).isPresent();
        assertThat(NODE.jdbc()
                        .sql("select count(*) from finished_ledger where process_id = ?")
                        .param(version)
                        .query(Integer.class)
                        .single())
                .isEqualTo(many);
    }

    private static List<String> problems() {
        return new Verify(NODE.jdbc(), NODE.transaction(), NODE.deployments())
                .run(_ -> {})
                .first();
    }
}
