package io.baton.server.insight;

import io.baton.engine.codec.Decoder;
import io.baton.engine.codec.Encoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one process did in a period.
 *
 * @param reworked of the cases completed in the period, those in which work was sent back
 * @param weeks the last {@link #WEEKS} times seven days, the oldest first
 * @param versions those with open cases, or with cases that were completed in the period
 */
public record ProcessFigures(Headline headline, long reworked, List<Week> weeks, List<OfVersion> versions) {

    static final int WEEKS = 13;

    private static final long WEEK = 7 * Period.DAY;

    /** {@code late}: completed after their due date. */
    public record Week(Instant since, Instant before, long completed, long late) {}

    /**
     * @param process the number of the version in the store; a case counts where it runs now, or ended
     * @param open cases that have not ended, whenever they began
     */
    public record OfVersion(
            int process,
            long open,
            long completed,
            long withDue,
            long onTime,
            long reworked,
            @Nullable Duration median,
            @Nullable Duration p85) {}

    private static final class Sum {
        long open;
        long withDue;
        long onTime;
        long reworked;
        final Percentile took = new Percentile();
    }

    static final class Tally {
        private final long now;
        private final long since;
        private final long[] completed = new long[WEEKS];
        private final long[] late = new long[WEEKS];
        private final Map<Integer, Sum> versions = new HashMap<>();

        Tally(Period period) {
            this.now = Encoder.micros(period.now());
            this.since = Encoder.micros(period.since());
        }

        private Sum of(int process) {
            return versions.computeIfAbsent(process, _ -> new Sum());
        }

        void add(OpenCase each) {
            of(each.process()).open++;
        }

        void add(ClosedCases.Row row) {
            if (!row.isCompleted()) {
                return;
            }
            boolean isLate = row.due() != OpenCase.NEVER && row.ended() > row.due();
            long weeksAgo = (Math.max(1, now - row.ended()) - 1) / WEEK;
            if (weeksAgo < WEEKS) {
                completed[WEEKS - 1 - (int) weeksAgo]++;
                late[WEEKS - 1 - (int) weeksAgo] += isLate ? 1 : 0;
            }
            if (row.ended() >= since) {
                var sum = of(row.process());
                sum.took.add(row.ended() - row.started());
                sum.withDue += row.due() == OpenCase.NEVER ? 0 : 1;
                sum.onTime += row.due() == OpenCase.NEVER || isLate ? 0 : 1;
                sum.reworked += row.isReworked() ? 1 : 0;
            }
        }

        ProcessFigures figures(Headline headline) {
            var weeks = new ArrayList<Week>();
            for (int i = 0; i < WEEKS; i++) {
                long from = now - (WEEKS - i) * WEEK;
                weeks.add(new Week(Decoder.instant(from), Decoder.instant(from + WEEK), completed[i], late[i]));
            }
            var all = new ArrayList<OfVersion>();
            versions.forEach((process, sum) -> all.add(new OfVersion(
                    process,
                    sum.open,
                    sum.took.size(),
                    sum.withDue,
                    sum.onTime,
                    sum.reworked,
                    Headline.duration(sum.took.of(50)),
                    Headline.duration(sum.took.of(85)))));
            all.sort(Comparator.comparingInt(OfVersion::process).reversed());
            return new ProcessFigures(
                    headline, all.stream().mapToLong(OfVersion::reworked).sum(), List.copyOf(weeks), List.copyOf(all));
        }
    }
}
