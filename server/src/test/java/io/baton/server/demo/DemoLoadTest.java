package io.baton.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.baton.engine.Event;
import io.baton.engine.IncidentKind;
import io.baton.server.Node;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.TestDatabase;
import io.baton.server.directory.Costs;
import io.baton.server.insight.Ledgers;
import io.baton.server.replay.Profile;
import io.baton.server.verify.Verify;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The whole demo, loaded on two databases at the same moment with the same seed. */
class DemoLoadTest {

    private static final Instant NOW = Instant.parse("2026-11-20T14:30:00Z");
    private static final Path PROCESSES = Path.of("..", "processes");

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final TestDatabase OTHER = TestDatabase.migrated();
    private static final Node NODE = node(DATABASE);
    private static final Node OTHER_NODE = node(OTHER);
    private static final Company COMPANY = Company.read();

    private static Node node(TestDatabase database) {
        return new Node(database.database(), LocalWorkers.NONE, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @BeforeAll
    static void load() throws IOException, InterruptedException {
        load(NODE);
        load(OTHER_NODE);
    }

    private static void load(Node node) throws IOException, InterruptedException {
        try (var load = new DemoLoad(Edition.read(PROCESSES, DemoCommand.PROCESSES), COMPANY, DemoCommand.SEED, NOW)) {
            load.into(node);
        }
    }

    @AfterAll
    static void close() {
        NODE.close();
        OTHER_NODE.close();
        DATABASE.close();
        OTHER.close();
    }

    @Test
    void theSameSeedAndDayGiveTheSameJournal() {
        assertThat(digest(NODE.jdbc())).isEqualTo(digest(OTHER_NODE.jdbc()));
    }

    /** Each hash covers its entry and the hash before it. */
    private static String digest(JdbcClient database) {
        return database.sql(
                        "select encode(sha256(string_agg(hash, ''::bytea order by case_id, seq)), 'hex') from journal")
                .query(String.class)
                .single();
    }

    @Test
    void journalAndTablesAgree() {
        var report = new Verify(NODE.jdbc(), NODE.transaction(), NODE.deployments()).run(_ -> {});

        assertThat(report.first()).isEmpty();
        assertThat(report.cases()).isEqualTo(count("select count(*) from cases"));
    }

    @Test
    void someTwoHundredCasesAreOpenAndManyMoreAreOver() {
        assertThat(count("select count(*) from cases where ended_at is null")).isBetween(140L, 260L);
        assertThat(count("select count(*) from cases where ended_at is not null"))
                .isBetween(1_100L, 1_450L);
        assertThat(count("""
                        select count(distinct p.key) from cases c join process p on p.id = c.process_id
                        where c.ended_at is null""")).isEqualTo(5);
    }

    /** An improvement is to be seen in the figures: less is sent back, more is on time. */
    @Test
    void twoProcessesHaveAnEarlierVersionThatDidWorse() {
        for (var key : List.of("vendor-payment", "customer-order")) {
            assertThat(count("select count(*) from process where key = '" + key + "'"))
                    .isEqualTo(2);
            assertThat(share("c.due_at < c.ended_at", key, 1))
                    .as(key)
                    .isGreaterThan(share("c.due_at < c.ended_at", key, 2));
        }
        var sentBack = "exists (select from step s where s.case_id = c.id and s.returns > 0)";
        assertThat(share(sentBack, "vendor-payment", 1)).isBetween(0.1, 0.4);
        assertThat(share(sentBack, "vendor-payment", 2)).isBetween(0.02, 0.15);
    }

    private static double share(String which, String key, int version) {
        return NODE.jdbc()
                .sql("select avg((" + which + ")::int) from cases c join process p on p.id = c.process_id"
                        + " where c.ended_at is not null and p.key = ? and p.version = ?")
                .param(key)
                .param(version)
                .query(Double.class)
                .single();
    }

    @Test
    void nothingHasHappenedInTheFuture() {
        var last = NODE.jdbc()
                .sql("select max(at) from journal")
                .query((row, _) -> row.getTimestamp(1).toInstant())
                .single();

        assertThat(last).isBetween(NOW.minusSeconds(7_200), NOW);
        assertThat(count("select count(*) from journal where at < '2026-08-20'"))
                .isZero();
    }

    @Test
    void noTimerIsOverdue() {
        assertThat(NODE.jdbc()
                        .sql("select count(*) from timer where due_at <= ?")
                        .param(NOW.atOffset(ZoneOffset.UTC))
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void everyOpenCaseHasAMemberAsOwnerAndEveryTaskAKnownTeam() {
        assertThat(count("""
                        select count(*) from cases c where ended_at is null and not exists (
                            select from person p where p.id = c.owner and p.kind = 'member')""")).isZero();
        assertThat(count("""
                        select count(*) from task t where not exists (select from team where key = t.team)
                            or holder is not null and not exists (select from person where id = t.holder)""")).isZero();
        assertThat(count("select count(*) from task where holder is not null")).isPositive();
        assertThat(count("select count(*) from task where holder is null")).isPositive();
    }

    @Test
    void everyTeamThatGetsWorkHasAMemberWhoCanTakeIt() {
        assertThat(NODE.jdbc().sql("""
                        select distinct t.team from task t where not exists (
                            select from membership m join person p on p.id = m.person
                            where m.team = t.team and p.kind = 'member')""").query(String.class).list()).isEmpty();
    }

    @Test
    void mostOpenCasesAreInGoodOrderAndTheTroubleIsOfManyKinds() {
        long open = count("select count(*) from cases where ended_at is null");
        long inTrouble = count("select count(*) from cases where ended_at is null and incidents > 0");

        assertThat(inTrouble / (double) open).as(inTrouble + " of " + open).isBetween(0.05, 0.25);
        assertThat(NODE.jdbc()
                        .sql("select distinct kind from incident")
                        .query(String.class)
                        .list())
                .contains("OVERDUE", "JOB")
                .hasSizeGreaterThanOrEqualTo(5);
        assertThat(NODE.jdbc()
                        .sql("select distinct kind from incident_closed")
                        .query(String.class)
                        .list())
                .contains("BOUNCED", "STUCK", "CONFLICT", "JOB");
    }

    @Test
    void theHistoryYieldsAPricedLedgerByParty() {
        var versions = NODE.deployments().ids("vendor-payment").stream()
                .map(id -> new Ledgers.Version(id, "vendor-payment", "EUR"))
                .toList();
        var sums = NODE.ledgers()
                .sums(new Ledgers.Filter(NOW.minus(Duration.ofDays(30)), NOW, versions, null, null))
                .orElseThrow();
        var parties = sums.parties().stream()
                .map(Ledgers.Sum::party)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(sums.cases()).isGreaterThan(50);
        assertThat(sums.processes()).singleElement().satisfies(sum -> {
            assertThat(sum.cases()).isEqualTo(sums.cases());
            assertThat(sum.amounts().waiting()).isPositive();
            assertThat(sum.amounts().outside()).isPositive();
        });
        assertThat(parties).contains("accounts-payable", "vendor", "treasury");
        var costs = new Costs(NODE.jdbc());
        assertThat(costs.costsPerDay(parties)).containsKey("vendor");
        assertThat(costs.ratesPerHour(COMPANY.members("treasury"))).hasSameSizeAs(COMPANY.members("treasury"));
    }

    @Test
    void aHandfulOfCasesIsStuckAtSystems() {
        var kinds = NODE.jdbc().sql("select kind from incident").query(String.class).list().stream()
                .map(kind -> IncidentKind.valueOf(Objects.requireNonNull(kind)))
                .toList();

        assertThat(kinds)
                .filteredOn(IncidentKind::stopsToken)
                .hasSizeBetween(3, 15)
                .containsOnly(IncidentKind.JOB);
        assertThat(kinds).contains(IncidentKind.OVERDUE).doesNotContain(IncidentKind.ORPHANED);
    }

    @Test
    void peopleWorkInTheWeeklyRhythmThatWasMeasured() {
        Map<DayOfWeek, Double> worked = new EnumMap<>(DayOfWeek.class);
        var days = NODE.jdbc()
                .sql("select left_at from step where holder is not null and outcome = 1")
                .query((row, _) -> row.getTimestamp(1).toInstant().atZone(COMPANY.zone()))
                .list();
        days.forEach(at -> worked.merge(at.getDayOfWeek(), 1.0 / days.size(), Double::sum));
        var measured = Stage.profile().work().people();
        double all = measured.values().stream()
                .flatMap(List::stream)
                .mapToInt(Integer::intValue)
                .sum();

        measured.forEach((day, hours) -> assertThat(worked.getOrDefault(day, 0.0))
                .as("the share of %s", day)
                .isCloseTo(hours.stream().mapToInt(Integer::intValue).sum() / all, within(0.06)));
        double night = days.stream()
                        .filter(at -> at.getHour() < 7 || at.getHour() >= 20)
                        .count()
                / (double) days.size();
        assertThat(night).isLessThan(0.1);
    }

    @Test
    void theAdministrationRejectsAsOftenAsWasMeasured() {
        double rejected = taken("check-result-to-rejected");
        double approved = taken("check-result-to-approve-budget");
        var measured = Stage.profile().rejections().stream()
                .filter(each -> each.party().equals("ADMINISTRATION"))
                .mapToDouble(Profile.Rejections::rate)
                .findFirst()
                .orElseThrow();

        assertThat(rejected / (rejected + approved)).isCloseTo(measured, within(0.05));
    }

    private static double taken(String flow) {
        Predicate<Event> isIt =
                event -> event instanceof Event.FlowTaken taken && taken.flow().equals(flow);
        var cases = NODE.jdbc()
                .sql("select c.id from cases c join process p on p.id = c.process_id"
                        + " where p.key = 'request-for-payment'")
                .query((row, _) -> row.getLong(1))
                .list();
        return cases.stream().flatMap(DemoLoadTest::entries).filter(isIt).count();
    }

    private static java.util.stream.Stream<Event> entries(long id) {
        return NODE.journal().all(id).stream().flatMap(entry -> entry.events().stream());
    }

    private static long count(String sql) {
        return NODE.jdbc().sql(sql).query(Long.class).single();
    }
}
