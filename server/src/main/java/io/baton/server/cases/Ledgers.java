package io.baton.server.cases;

import io.baton.engine.Engine;
import io.baton.engine.Ledger;
import io.baton.engine.Roster;
import io.baton.server.journal.Journal;
import io.baton.server.processes.Deployments;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who answers for the time of cases: of one so far, or of those that ended in a period, each from its journal. */
public final class Ledgers {

    /** Cases of one answer; their journals are read and replayed one by one. */
    public static final int CASES_MAX = 2_000;

    private static final String ENDED = """
            select id, process_id, ended_at from cases
            where ended_at >= ? and ended_at < ? and process_id = any(?) order by id limit ?""";

    private final JdbcClient database;
    private final Deployments deployments;
    private final Journal journal;

    public Ledgers(JdbcClient database, Deployments deployments, Journal journal) {
        this.database = database;
        this.deployments = deployments;
        this.journal = journal;
    }

    /** The ledger of one case; {@code until} is the end of the time that it charges. */
    public record Of(long caseId, int process, Instant until, Ledger ledger) {}

    public Of of(CaseRow row, Instant now, Roster roster) {
        return of(row.id(), row.process(), row.endedAt() == null ? now : row.endedAt(), roster);
    }

    private Of of(long id, int process, Instant until, Roster roster) {
        var entries = journal.all(id).stream()
                .map(entry -> new Engine.Entry(entry.at(), entry.events()))
                .toList();
        return new Of(id, process, until, Ledger.of(deployments, entries, until, roster));
    }

    private record Ended(long id, int process, Instant at) {}

    /**
     * Each case of these versions that ended from the first moment up to and without the last, and how many they were;
     * empty, without any, where they are more than {@link #CASES_MAX}.
     */
    public Optional<Integer> ended(
            Instant from, Instant to, List<Integer> processes, Roster roster, Consumer<Of> consumer) {
        var ended = database.sql(ENDED)
                .param(from.atOffset(ZoneOffset.UTC))
                .param(to.atOffset(ZoneOffset.UTC))
                .param(processes.toArray(Integer[]::new))
                .param(CASES_MAX + 1)
                .query((row, _) -> new Ended(
                        row.getLong(1), row.getInt(2), row.getTimestamp(3).toInstant()))
                .list();
        if (ended.size() > CASES_MAX) {
            return Optional.empty();
        }
        ended.forEach(each -> consumer.accept(of(each.id, each.process, each.at, roster)));
        return Optional.of(ended.size());
    }
}
