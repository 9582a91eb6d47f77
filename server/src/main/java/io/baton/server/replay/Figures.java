package io.baton.server.replay;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The figures of a replay as Baton's own tables give them. Cycle time is the time from a case's first journal entry to
 * its last; quantiles interpolate linearly between ranks.
 */
record Figures(long cases, long completed, SequencedMap<String, Double> cycleTimes) {

    private static final String CASES = "select count(*), count(*) filter (where status = 2) from cases where id >= ?";

    private static final String CYCLE_TIMES = """
            select percentile_cont(0.5) within group (order by seconds),
                percentile_cont(0.9) within group (order by seconds),
                percentile_cont(0.99) within group (order by seconds), avg(seconds)
            from (
                select extract(epoch from max(at) - min(at))::float8 as seconds
                from journal where case_id >= ? group by case_id) c""";

    static Figures of(JdbcClient database, long firstCase) {
        var counts = database.sql(CASES)
                .param(firstCase)
                .query((row, _) -> new long[] {row.getLong(1), row.getLong(2)})
                .single();
        var cycleTimes = database.sql(CYCLE_TIMES)
                .param(firstCase)
                .query((row, _) -> {
                    var times = new LinkedHashMap<String, Double>();
                    times.put("p50", toMicros(row.getDouble(1)));
                    times.put("p90", toMicros(row.getDouble(2)));
                    times.put("p99", toMicros(row.getDouble(3)));
                    times.put("mean", toMicros(row.getDouble(4)));
                    return times;
                })
                .single();
        return new Figures(counts[0], counts[1], cycleTimes);
    }

    /** The journal's times are exact to the microsecond; what interpolation adds behind it is rounding. */
    private static double toMicros(double seconds) {
        return Math.round(seconds * 1e6) / 1e6;
    }

    SequencedMap<String, Object> json(ReplayCommand.Tally tally) {
        var json = new LinkedHashMap<String, Object>();
        json.put("cases", cases);
        json.put("completed", completed);
        json.put("deviating", tally.deviating());
        json.put("variants", tally.variants());
        json.put("commands", tally.commands());
        json.put("cycleTimeSeconds", cycleTimes);
        return json;
    }
}
