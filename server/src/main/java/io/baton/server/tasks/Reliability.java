package io.baton.server.tasks;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How far people and parties can be relied upon, counted from the steps that are over. What was cut short by something
 * around it is not held against anybody.
 */
public final class Reliability {

    /** {@code {who}} is holder or team. A BRIN index on left_at leaves out whatever is older. */
    private static final String COUNT = """
            select {who} as who, count(*) as done,
                count(promised_at) as promised,
                count(*) filter (where coalesce(decided_at, left_at) <= promised_at) as kept,
                count(*) filter (where coalesce(decided_at, left_at) > promised_at) as broken,
                coalesce(sum(slips), 0) as slips,
                coalesce(sum(returns), 0) as returns,
                count(*) filter (where returns = 0) as first_time_right
            from step
            where left_at >= ? and outcome = 1 and holder is not null and {who} is not null
            group by {who} order by count(promised_at) desc, count(*) desc, {who} limit ?""";

    private final JdbcClient database;

    public Reliability(JdbcClient database) {
        this.database = database;
    }

    /**
     * {@code done}: steps that the person, or somebody of the party, finished. {@code kept} and {@code broken} add up to
     * {@code promised}. {@code slips}: how often a promised date was moved. {@code returns}: how often work was sent back
     * as not ready; {@code firstTimeRight} counts the steps where that never happened.
     */
    public record Count(
            String who,
            long done,
            long promised,
            long kept,
            long broken,
            long slips,
            long returns,
            long firstTimeRight) {}

    public List<Count> ofPeople(Instant since, int limit) {
        return count("holder", since, limit);
    }

    public List<Count> ofParties(Instant since, int limit) {
        return count("team", since, limit);
    }

    private List<Count> count(String column, Instant since, int limit) {
        return database.sql(COUNT.replace("{who}", column))
                .param(since.atOffset(ZoneOffset.UTC))
                .param(limit)
                .query((row, _) -> new Count(
                        row.getString("who"),
                        row.getLong("done"),
                        row.getLong("promised"),
                        row.getLong("kept"),
                        row.getLong("broken"),
                        row.getLong("slips"),
                        row.getLong("returns"),
                        row.getLong("first_time_right")))
                .list();
    }
}
