package io.baton.engine.calendar;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * How far a zone's clocks are ahead of UTC, as spans of time in which they do not change; all in microseconds. Two arrays
 * answer faster than {@link java.time.zone.ZoneRules}, and a calendar can keep sums beside them.
 */
final class ClockChanges {

    /** Rules for later years are a guess of today's: from then on clocks stay as they are. */
    static final Instant LAST_CHANGE = Instant.parse("2200-01-01T00:00:00Z");

    /** ISO 8601 and java.time allow no zone further than this from UTC. */
    static final long OFFSET_MAX = Micros.HOUR * 18;

    private final long[] starts;
    private final long[] offsets;

    ClockChanges(ZoneId zone, Instant first) {
        var rules = zone.getRules();
        var begins = LongStream.builder().add(Micros.of(first));
        var ahead = LongStream.builder().add(ahead(rules.getOffset(first)));
        for (var change = rules.nextTransition(first);
                change != null && change.getInstant().isBefore(LAST_CHANGE);
                change = rules.nextTransition(change.getInstant())) {
            begins.add(Micros.of(change.getInstant()));
            ahead.add(ahead(change.getOffsetAfter()));
        }
        starts = begins.build().toArray();
        offsets = ahead.build().toArray();
    }

    private static long ahead(ZoneOffset offset) {
        return offset.getTotalSeconds() * Micros.SECOND;
    }

    int spans() {
        return starts.length;
    }

    /** The span that this instant is in; what is earlier than all counts to the first. */
    int span(long at) {
        int found = Arrays.binarySearch(starts, at);
        return found >= 0 ? found : Math.max(0, -found - 2);
    }

    long start(int span) {
        return starts[span];
    }

    long offset(int span) {
        return offsets[span];
    }
}
