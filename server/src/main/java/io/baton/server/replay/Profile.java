package io.baton.server.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.Collection;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The figures of an event log that a generator needs to make work that looks like it: when cases arrive, what follows
 * what and after how long, who rejects how often, and when people work. Holds counts and quantiles only, no row of the
 * log. Times of day are those of the offset that each event was logged with.
 */
public record Profile(
        @Nullable String source,
        int cases,
        int events,
        int variants,
        String first,
        String last,
        Arrivals arrivals,
        Spread cycleTimeSeconds,
        List<Transition> transitions,
        List<Rejections> rejections,
        Work work) {

    /** Stands for the activity before the first and after the last of a case. */
    public static final String START = "(start)";

    public static final String END = "(end)";

    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
            .build();

    /** {@code byHour}: for each weekday, how many cases began in each of its 24 hours. */
    public record Arrivals(
            SequencedMap<String, Integer> byMonth,
            SequencedMap<DayOfWeek, List<Integer>> byHour,
            Spread secondsBetween) {}

    /** Quantiles by linear interpolation between ranks, to two decimals. */
    public record Spread(
            double p10, double p25, double p50, double p75, double p90, double p95, double p99, double mean) {

        static Spread of(Collection<Double> values) {
            var quantiles = Quantiles.of(values);
            return new Spread(
                    rounded(quantiles.at(0.10)),
                    rounded(quantiles.at(0.25)),
                    rounded(quantiles.at(0.50)),
                    rounded(quantiles.at(0.75)),
                    rounded(quantiles.at(0.90)),
                    rounded(quantiles.at(0.95)),
                    rounded(quantiles.at(0.99)),
                    rounded(quantiles.mean()));
        }

        private static double rounded(double value) {
            return Math.round(value * 100) / 100.0;
        }
    }

    /**
     * {@code to} directly followed {@code from} {@code count} times: {@code share} of all that followed {@code from}.
     * {@code seconds} is null where one of them is {@link #START} or {@link #END}.
     */
    public record Transition(
            String from,
            String to,
            int count,
            double share,
            @Nullable Spread seconds) {}

    /** Of the decisions of a party, how many were rejections. Parties that never approve decide nothing. */
    public record Rejections(String party, int decisions, int rejected, double rate) {}

    /** For each weekday, how many events people and systems recorded in each of its 24 hours. */
    public record Work(SequencedMap<DayOfWeek, List<Integer>> people, SequencedMap<DayOfWeek, List<Integer>> systems) {}

    /** Reads the log to its end. {@code source} is what to cite, if it is to be cited. At least one event. */
    public static Profile of(EventLog log, @Nullable String source) throws IOException {
        var tally = new ProfileTally();
        for (var trace = log.next(); trace != null; trace = log.next()) {
            tally.add(trace);
        }
        return tally.profile(source);
    }

    public static void write(Path log, @Nullable String source, Appendable out) throws IOException {
        try (var opened = EventLog.open(log)) {
            out.append(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(of(opened, source)))
                    .append('\n');
        }
    }

    /** Reads what {@link #write} wrote. */
    public static Profile read(InputStream json) {
        return JSON.readValue(json, Profile.class);
    }
}
