package io.baton.server.insight;

import static io.baton.server.insight.OpenCase.NEVER;

import io.baton.engine.codec.Encoder;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The numbers at the top: how things stand, and how the last period was against the usual ones.
 *
 * @param openBefore how many cases were open at the end of each day, the oldest first, now last
 * @param completedBefore how many were completed on each day of the period, the oldest first
 * @param usualPeriods how many of the four periods before this one lie wholly after the first case began
 */
public record Headline(
        Period period,
        long open,
        long atRisk,
        long overdue,
        long orphaned,
        List<Integer> openBefore,
        @Nullable Double openUsual,
        @Nullable Double overdueUsual,
        List<Integer> completedBefore,
        Done done,
        Done usual,
        int usualPeriods) {

    /**
     * Cases that were completed. {@code withDue} had a due date, {@code onTime} of them made it. The times from start to end
     * are null where nothing was completed.
     */
    public record Done(
            long completed,
            long withDue,
            long onTime,
            @Nullable Duration median,
            @Nullable Duration p85) {}

    /** Counts while it is walked over all cases. */
    static final class Tally {

        private final Period period;
        private final Matching matching;
        private final long now;
        private final int days;
        private final int[] open;
        private final int[] overdue;
        private final int[] completed;
        private final Percentile[] took = new Percentile[Period.USUAL + 1];
        private final long[] withDue = new long[Period.USUAL + 1];
        private final long[] onTime = new long[Period.USUAL + 1];
        private long openNow;
        private long atRiskNow;
        private long overdueNow;
        private long orphanedNow;
        private long firstStart = NEVER;

        Tally(Period period, Matching matching) {
            this.period = period;
            this.matching = matching;
            this.now = Encoder.micros(period.now());
            this.days = period.days() * (Period.USUAL + 1);
            this.open = new int[days + 2];
            this.overdue = new int[days + 2];
            this.completed = new int[period.days()];
            for (int i = 0; i < took.length; i++) {
                took[i] = new Percentile();
            }
        }

        void add(OpenCase each) {
            openNow++;
            firstStart = Math.min(firstStart, each.startedAt());
            wasOpen(each.startedAt(), NEVER, each.dueAt());
            if (each.isOverdue(now)) {
                overdueNow++;
            } else if (each.isAtRisk(now)) {
                atRiskNow++;
            }
            if (each.isOrphaned()) {
                orphanedNow++;
            }
        }

        void add(ClosedCases.Row row) {
            if (matching.matches(row)) {
                addMatching(row);
            }
        }

        void addMatching(ClosedCases.Row row) {
            firstStart = Math.min(firstStart, row.started());
            wasOpen(row.started(), row.ended(), row.due());
            if (row.isCompleted()) {
                wasCompleted(row);
            }
        }

        /** At the moments so many days ago: open if it had begun and not ended, both counted from differences. */
        private void wasOpen(long started, long ended, long due) {
            int last = daysBefore(started);
            int first = ended == NEVER ? 0 : daysBefore(ended) + 1;
            if (first > last) {
                return;
            }
            open[first]++;
            open[last + 1]--;
            if (due != NEVER && due < now) {
                int lastOverdue = Math.min(last, daysBefore(due + 1));
                if (first <= lastOverdue) {
                    overdue[first]++;
                    overdue[lastOverdue + 1]--;
                }
            }
        }

        /** The last moment, in whole days before now, that is not before that time; −1 for what is still to come. */
        private int daysBefore(long at) {
            return at > now ? -1 : (int) Math.min(days, (now - at) / Period.DAY);
        }

        private void wasCompleted(ClosedCases.Row row) {
            long ago = Math.max(1, now - row.ended());
            long day = (ago - 1) / Period.DAY;
            if (day >= days) {
                return;
            }
            if (day < period.days()) {
                completed[period.days() - 1 - (int) day]++;
            }
            int at = (int) day / period.days();
            took[at].add(row.ended() - row.started());
            if (row.due() != NEVER) {
                withDue[at]++;
                onTime[at] += row.ended() <= row.due() ? 1 : 0;
            }
        }

        Headline headline() {
            int known = usualPeriods();
            return new Headline(
                    period,
                    openNow,
                    atRiskNow,
                    overdueNow,
                    orphanedNow,
                    IntStream.rangeClosed(0, period.days())
                            .map(day -> sumUpTo(open, period.days() - day))
                            .boxed()
                            .toList(),
                    usual(open, known),
                    usual(overdue, known),
                    IntStream.of(completed).boxed().toList(),
                    done(0, 0),
                    done(1, known),
                    known);
        }

        private int usualPeriods() {
            long sinceFirst = firstStart == NEVER ? 0 : (now - firstStart) / (period.days() * Period.DAY);
            return (int) Math.max(0, Math.min(Period.USUAL, sinceFirst - 1));
        }

        private @Nullable Double usual(int[] differences, int periods) {
            return periods == 0
                    ? null
                    : IntStream.rangeClosed(1, periods)
                            .map(each -> sumUpTo(differences, each * period.days()))
                            .average()
                            .orElseThrow();
        }

        private static int sumUpTo(int[] differences, int last) {
            int sum = 0;
            for (int i = 0; i <= last; i++) {
                sum += differences[i];
            }
            return sum;
        }

        private Done done(int first, int last) {
            var all = List.of(took).subList(first, last + 1);
            long due = 0;
            long kept = 0;
            for (int i = first; i <= last; i++) {
                due += withDue[i];
                kept += onTime[i];
            }
            return new Done(
                    all.stream().mapToLong(Percentile::size).sum(),
                    due,
                    kept,
                    duration(Percentile.of(50, all)),
                    duration(Percentile.of(85, all)));
        }
    }

    static @Nullable Duration duration(OptionalLong micros) {
        return micros.isEmpty() ? null : Duration.of(micros.getAsLong(), ChronoUnit.MICROS);
    }
}
