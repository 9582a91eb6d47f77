package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.engine.Command;
import io.baton.engine.IncidentKind.Severity;
import io.baton.engine.Step;
import io.baton.server.Crew;
import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.cases.CaseRow;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Committer;
import io.baton.server.commit.Deciding;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.commit.Request;
import io.baton.server.database.Database;
import io.baton.server.verify.RandomHistory;
import io.baton.server.web.TestClient;
import io.baton.server.web.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Over a random history: every number of the tower has exactly so many items in the list behind it, whatever narrows it, and
 * is what counting by hand gives.
 */
class TowerTest {

    private static final long SEED = Long.getLong("seed", 20_261_125L);
    private static final TestServer SERVER = TestServer.start();
    private static final Node NODE = SERVER.bean(Node.class);
    private static final TestClient READER = reader();

    private static TestClient reader() {
        try (var committer = new Committer(
                SERVER.bean(Database.class)::connect,
                NODE.pool(),
                new Deciding(NODE.deployments(), Crew::new, LocalWorkers.NONE, NODE.clock()),
                Committer.LANES)) {
            var history = new RandomHistory(NODE, committer, SEED);
            while (history.now().isBefore(SERVER.clock().instant())) {
                history.commands(50);
            }
            SERVER.clock().advance(Duration.between(SERVER.clock().instant(), history.now()));
            awaitThatNothingIsDue();
            endAtThisMoment(committer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return SERVER.signedIn(SERVER.addAdministrator("Reader"));
    }

    /** The clock stands: it ends at the very time at which everything is counted. */
    private static void endAtThisMoment(Committer committer) {
        var process = TestProcess.of("at-once", "ONC")
                .then("startEvent", "start")
                .then("endEvent", "end")
                .sources();
        var version =
                NODE.deployments().deploy(process, "p1").getFirst().version().id();
        var start = new Command.StartCase(version, null, "p1", new LinkedHashMap<>());
        var answer = committer.perform(new Request(
                committer.nextCaseId(),
                start,
                Actor.person("p1"),
                SERVER.clock().instant(),
                null,
                false));
        assertThat(answer).isInstanceOf(Answer.Done.class);
    }

    /** The server's own loops act on what the clock has passed; then it stands still, and nothing moves any more. */
    private static void awaitThatNothingIsDue() {
        var patience = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (due() > 0) {
            assertThat(System.nanoTime()).as("timers are still due").isLessThan(patience);
            Thread.onSpinWait();
        }
    }

    private static long due() {
        var now = SERVER.clock().instant().atOffset(ZoneOffset.UTC);
        return SERVER.sql().sql("""
                        select (select count(*) from timer where due_at <= :now)
                            + (select count(*) from start_timer where due_at <= :now)""").param("now", now).query(Long.class).single();
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    static Stream<String> narrowed() {
        var processes = NODE.deployments().newestVersions().stream().map(each -> "process=" + each.key());
        return Stream.of(
                        Stream.of("", "days=1", "days=30", "days=92", "owner=p1&days=30", "owner=nobody"),
                        processes,
                        Stream.of("party=ap", "party=treasury&owner=p2", "variable=vendor&value=approved"),
                        Stream.of("process=chased&owner=p3&days=92", "variable=amount&value=" + amount()))
                .flatMap(each -> each);
    }

    /** Of some open case, written with a zero too many. */
    private static String amount() {
        return open().stream()
                .map(NODE.cases()::state)
                .map(state -> state.variables().get("amount"))
                .filter(BigDecimal.class::isInstance)
                .map(amount -> ((BigDecimal) amount)
                        .setScale(5, RoundingMode.UNNECESSARY)
                        .toPlainString())
                .findFirst()
                .orElse("1");
    }

    @ParameterizedTest
    @MethodSource("narrowed")
    void everyNumberHasAsManyItemsInItsList(String query) {
        var counted = new ArrayList<String>();
        var different = new ArrayList<String>();
        for (var path : List.of("/api/tower?", "/api/tower/ageing?", "/api/tower/map?")) {
            if (!path.contains("map") || query.contains("process=")) {
                follow(READER.get(path + query).expect(200).json(), path, counted, different);
            }
        }
        assertThat(different).as("seed %d, %s", SEED, query).isEmpty();
        assertThat(counted).as("%s: numbers that open a list", query).hasSizeGreaterThan(6);
    }

    static Stream<String> processes() {
        return NODE.deployments().newestVersions().stream().map(each -> each.key());
    }

    @ParameterizedTest
    @MethodSource("processes")
    void everyNumberOfAProcessHasAsManyItemsInItsList(String key) {
        var counted = new ArrayList<String>();
        var different = new ArrayList<String>();
        for (int days : new int[] {1, 30, 92}) {
            follow(figures(key, days), key, counted, different);
        }
        assertThat(different).as("seed %d, %s", SEED, key).isEmpty();
        assertThat(counted).hasSizeGreaterThan(100);
    }

    private static JsonNode figures(String key, int days) {
        return READER.get("/api/processes/" + key + "/figures?days=" + days)
                .expect(200)
                .json();
    }

    /** Version by version, and in the sum; with the cases in which work was sent back. */
    @Test
    void theFiguresOfAProcessAreWhatTheTablesSay() {
        var said = new TreeMap<String, String>();
        var counted = new TreeMap<String, String>();
        for (var key : processes().toList()) {
            var figures = figures(key, 50);
            assertThat(figures.at("/quality/reworked/count").asLong()
                            + figures.at("/quality/firstTimeRight/count").asLong())
                    .isEqualTo(figures.at("/headline/throughput/count").asLong());
            for (var version : figures.get("versions")) {
                var path = key + " " + version.get("version").asInt();
                said.put(
                        path,
                        version.at("/open/count") + " " + version.at("/completed/count") + " "
                                + version.at("/late/count") + " " + version.at("/reworked/count") + " "
                                + micros(version.get("median")));
            }
        }
        SERVER.sql()
                .sql("""
                        select p.key || ' ' || p.version, count(*) filter (where ended_at is null) || ' '
                                || count(*) filter (where done) || ' ' || count(*) filter (where done and ended_at > due_at)
                                || ' ' || count(*) filter (where done and sent_back) || ' ' || coalesce(
                                percentile_disc(0.5) within group (order by case when done then
                                    (extract(epoch from ended_at - started_at) * 1000000)::bigint end)::text, 'null')
                        from (select *, coalesce(status = 2 and ended_at >= ?, false) as done, exists (
                                select from step s where s.case_id = c.id and s.returns > 0) as sent_back from cases c) c
                        join process p on p.id = c.process_id
                        where ended_at is null or done group by p.key, p.version""")
                .param(java.sql.Timestamp.from(SERVER.clock().instant().minus(Duration.ofDays(50))))
                .query(row -> {
                    counted.put(row.getString(1), row.getString(2));
                });
        assertThat(said).as("seed %d", SEED).isEqualTo(counted).isNotEmpty();
    }

    /** Of open cases, too: at a step that is over, or at one that is open. */
    @Test
    void listsTheOpenCasesInWhichWorkWasSentBack() {
        var now = new LinkedHashSet<Long>();
        for (var row : open()) {
            if (NODE.cases().state(row).steps().stream().anyMatch(step -> step.returns() > 0)) {
                now.add(row.id());
            }
        }
        now.addAll(SERVER.sql().sql("""
                        select distinct s.case_id from step s join cases c on c.id = s.case_id
                        where c.ended_at is null and s.returns > 0""").query(Long.class).list());
        assertThat(items("cases?state=open&rework=true")).isEqualTo(now.size());
        assertThat(items("cases?state=open&rework=false")).isEqualTo(open().size() - now.size());
    }

    @Test
    void refusesFiltersThatSayNothing() {
        READER.get("/api/cases?version=1").expect(422);
        READER.get("/api/cases?process=two-tasks&version=none").expect(422);
        READER.get("/api/cases?rework=perhaps").expect(422);
        READER.get("/api/processes/nothing/figures").expect(404);
        READER.get("/api/processes/undoable/figures?days=93").expect(422);
    }

    private static void follow(JsonNode json, String where, List<String> counted, List<String> different) {
        if (json.has("count") && json.has("list")) {
            var list = json.get("list").asString();
            counted.add(list);
            long items = items(list);
            if (items != json.get("count").asLong()) {
                different.add(where + ": " + json.get("count") + " but " + items + " in " + list);
            }
        }
        json.properties().forEach(field -> follow(field.getValue(), where + "." + field.getKey(), counted, different));
        if (json.isArray()) {
            json.forEach(each -> follow(each, where + "[]", counted, different));
        }
    }

    private static long items(String list) {
        var address = "/api/" + list + (list.contains("?") ? "&" : "?") + "limit=73";
        long items = 0;
        @Nullable String cursor = null;
        do {
            var page = READER.get(
                            cursor == null
                                    ? address
                                    : address + "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8))
                    .expect(200)
                    .json();
            items += page.get("items").size();
            cursor = page.get("next").isNull() ? null : page.get("next").asString();
        } while (cursor != null);
        return items;
    }

    // By hand

    private static List<CaseRow> open() {
        return NODE
                .jdbc()
                .sql("select id from cases where ended_at is null order by id")
                .query((row, _) -> row.getLong(1))
                .list()
                .stream()
                .map(id -> NODE.cases().find(id).orElseThrow())
                .toList();
    }

    private static JsonNode tower(String query) {
        return READER.get("/api/tower?" + query).expect(200).json();
    }

    @Test
    void theHeadlineIsWhatCountingByHandGives() {
        var now = SERVER.clock().instant();
        long overdue = 0;
        long atRisk = 0;
        long orphaned = 0;
        for (var row : open()) {
            var state = NODE.cases().state(row);
            overdue += isBefore(state.due(), now) ? 1 : 0;
            atRisk += isAtRisk(state, now) ? 1 : 0;
            orphaned += state.incidents().stream()
                            .anyMatch(incident -> incident.kind().name().equals("ORPHANED"))
                    ? 1
                    : 0;
        }
        var headline = tower("days=7").get("headline");

        assertThat(headline.at("/open/count").asLong()).isEqualTo(open().size()).isPositive();
        assertThat(headline.at("/overdue/count").asLong()).isEqualTo(overdue);
        assertThat(headline.at("/atRisk/count").asLong()).isEqualTo(atRisk);
        assertThat(headline.at("/orphaned/count").asLong()).isEqualTo(orphaned);
        assertThat(overdue + atRisk).as("chance brings due dates").isPositive();
    }

    private static boolean isBefore(@Nullable Instant at, Instant now) {
        return at != null && at.isBefore(now);
    }

    private static boolean isAtRisk(Case state, Instant now) {
        var due = state.due();
        if (due == null || due.isBefore(now)) {
            return false;
        }
        return state.incidents().stream().anyMatch(incident -> incident.kind().severity() != Severity.LOW)
                || state.steps().stream()
                        .map(Step::task)
                        .filter(java.util.Objects::nonNull)
                        .anyMatch(task -> isBefore(task.due(), now)
                                || (task.promise() != null
                                        && task.promise().at().isAfter(due)));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void whatIsOverIsWhatTheTableOfCasesSays(int days) {
        var headline = tower("days=" + days);
        var now = SERVER.clock().instant();
        var length = Duration.ofDays(days);
        var done = done(now.minus(length), now.plusMillis(1));
        int periods = headline.at("/period/usualPeriods").asInt();
        var usual = done(now.minus(length.multipliedBy(1L + periods)), now.minus(length));

        assertThat(periods).isPositive();
        assertThat(headline.at("/headline/throughput/count").asLong()).isEqualTo(done.completed);
        assertThat(headline.at("/headline/throughput/usual").decimalValue())
                .isEqualByComparingTo(BigDecimal.valueOf(usual.completed)
                        .divide(BigDecimal.valueOf(periods), 2, RoundingMode.HALF_UP));
        assertThat(micros(headline.at("/headline/median/span"))).isEqualTo(done.median);
        assertThat(micros(headline.at("/headline/p85/span"))).isEqualTo(done.p85);
        assertThat(micros(headline.at("/headline/median/usual"))).isEqualTo(usual.median);
        assertThat(micros(headline.at("/headline/p85/usual"))).isEqualTo(usual.p85);
        assertThat(headline.at("/headline/onTime/onTime/count").asLong()).isEqualTo(done.onTime);
        assertThat(headline.at("/headline/onTime/late/count").asLong()).isEqualTo(done.withDue - done.onTime);
        assertThat(headline.at("/headline/open/usual").decimalValue())
                .isEqualByComparingTo(openUsual(now, length, periods));
        assertThat(headline.at("/headline/atRisk/usual").decimalValue())
                .isEqualByComparingTo(troubleUsual(now, length, periods, "c.due_at > m.at"));
        assertThat(headline.at("/headline/orphaned/usual").decimalValue())
                .isEqualByComparingTo(troubleUsual(now, length, periods, "i.kind = 'ORPHANED'"));
        var trend = headline.at("/headline/open/trend");
        for (int day = 0; day <= days; day++) {
            assertThat(trend.get(days - day).asLong()).isEqualTo(openAt(now.minus(Duration.ofDays(day))));
        }
        long perDay = 0;
        for (var each : headline.at("/headline/throughput/trend")) {
            perDay += each.asLong();
        }
        assertThat(perDay).isEqualTo(done.completed);
    }

    static Stream<Integer> lengths() {
        return Stream.of(1, 7, 30, 50);
    }

    private record Done(
            long completed,
            long withDue,
            long onTime,
            @Nullable Long median,
            @Nullable Long p85) {}

    private static Done done(Instant since, Instant before) {
        return SERVER.sql()
                .sql("""
                        select count(*), count(due_at), count(*) filter (where ended_at <= due_at),
                            percentile_disc(0.5) within group (order by (extract(epoch from ended_at - started_at) * 1000000)::bigint),
                            percentile_disc(0.85) within group (order by (extract(epoch from ended_at - started_at) * 1000000)::bigint)
                        from cases where status = 2 and ended_at >= ? and ended_at < ?""")
                .param(java.sql.Timestamp.from(since))
                .param(java.sql.Timestamp.from(before))
                .query((row, _) -> new Done(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getObject(4, Long.class),
                        row.getObject(5, Long.class)))
                .single();
    }

    private static @Nullable Long micros(JsonNode span) {
        return span.isNull()
                ? null
                : span.get("seconds").decimalValue().movePointRight(6).longValueExact();
    }

    private static BigDecimal openUsual(Instant now, Duration length, int periods) {
        long sum = 0;
        for (int i = 1; i <= periods; i++) {
            sum += openAt(now.minus(length.multipliedBy(i)));
        }
        return BigDecimal.valueOf(sum).divide(BigDecimal.valueOf(periods), 2, RoundingMode.HALF_UP);
    }

    /** Cases with an open incident that is more than a hint, at the end of each period. */
    private static BigDecimal troubleUsual(Instant now, Duration length, int periods, String which) {
        long sum = 0;
        for (int i = 1; i <= periods; i++) {
            sum += SERVER.sql()
                    .sql("""
                            select count(distinct c.id) from (select ?::timestamptz as at) m,
                                (select case_id, kind, raised_at, closed_at from incident_closed
                                 union all select case_id, kind, raised_at, 'infinity' from incident) i
                                join cases c on c.id = i.case_id
                            where i.raised_at <= m.at and i.closed_at > m.at and i.kind <> 'STALLED' and %s""".formatted(which))
                    .param(java.sql.Timestamp.from(now.minus(length.multipliedBy(i))))
                    .query(Long.class)
                    .single();
        }
        return BigDecimal.valueOf(sum).divide(BigDecimal.valueOf(periods), 2, RoundingMode.HALF_UP);
    }

    private static long openAt(Instant at) {
        var time = java.sql.Timestamp.from(at);
        return SERVER.sql()
                .sql("select count(*) from cases where started_at <= ? and (ended_at is null or ended_at > ?)")
                .param(time)
                .param(time)
                .query(Long.class)
                .single();
    }

    @Test
    void theBallIsInTheCourtOfWhoHasTheSteps() {
        var now = SERVER.clock().instant();
        Map<String, Set<Long>> parties = new TreeMap<>();
        Map<String, Set<Long>> people = new TreeMap<>();
        Map<String, Long> heldMs = new HashMap<>();
        for (var row : open()) {
            for (var step : row.open()) {
                if (step.party() != null) {
                    parties.computeIfAbsent(step.party(), _ -> new HashSet<>()).add(row.id());
                }
                people.computeIfAbsent(step.holder(), _ -> new HashSet<>()).add(row.id());
                var custody = java.util.Objects.requireNonNull(
                                NODE.cases().state(row).step(step.step()))
                        .custody();
                var held = Duration.between(custody.getLast().since(), now).toNanos() / 1_000_000;
                heldMs.merge(step.holder(), Math.max(0, held), Long::sum);
            }
        }
        var tower = tower("");

        assertThat(counts(tower.get("parties"), "/party/key"))
                .isEqualTo(sizes(parties))
                .isNotEmpty();
        assertThat(counts(tower.get("people"), "/person/id")).isEqualTo(sizes(people));
        for (var each : tower.get("people")) {
            assertThat(each.at("/held/seconds").decimalValue().movePointRight(3).longValueExact())
                    .isEqualTo(heldMs.get(each.at("/person/id").asString()));
        }
    }

    private static Map<String, Long> counts(JsonNode list, String key) {
        var counts = new TreeMap<String, Long>();
        list.forEach(
                each -> counts.put(each.at(key).asString(), each.get("count").asLong()));
        return counts;
    }

    private static Map<String, Long> sizes(Map<String, Set<Long>> sets) {
        var sizes = new TreeMap<String, Long>();
        sets.forEach((key, set) -> sizes.put(key, (long) set.size()));
        return sizes;
    }

    @Test
    void incidentsAreCountedByKind() {
        var kinds = SERVER.sql()
                .sql("select kind, count(*) from incident group by kind")
                .query((row, _) -> Map.entry(row.getString(1), row.getLong(2)))
                .list();
        var shown = counts(tower("").get("incidents"), "/kind");
        assertThat(shown.entrySet()).isEqualTo(new LinkedHashSet<>(kinds)).isNotEmpty();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        READER.get("/api/tower?days=0").expectProblem(422, "InvalidInput");
        READER.get("/api/tower?days=93").expectProblem(422, "InvalidInput");
        READER.get("/api/tower/map").expectProblem(422, "InvalidInput");
        READER.get("/api/tower/map?process=none").expectProblem(404, "NoSuchProcess");
        READER.get("/api/cases?risk=perhaps").expectProblem(422, "InvalidInput");
        READER.get("/api/cases?variable=amount").expectProblem(422, "InvalidInput");
        READER.get("/api/cases?startedSince=yesterday").expectProblem(422, "InvalidInput");
    }
}
