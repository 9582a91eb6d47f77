package io.baton.server.insight;

import io.baton.engine.codec.Decoder;
import io.baton.server.insight.OpenCase.Kind;
import io.baton.server.insight.OpenCase.OpenStep;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** In whose court the ball is: open work by party and by the person who has it. */
public record Courts(List<Court> parties, List<Court> people) {

    /**
     * @param who the party's key, or the person's id
     * @param cases of which a step is there
     * @param held for how long they have had these steps by now, added up in milliseconds a step
     */
    public record Court(String who, long cases, long steps, Instant oldest, Duration held) {}

    private static final class Sum {
        long cases;
        long lastCase;
        long steps;
        long oldest = OpenCase.NEVER;
        long heldMs;

        void add(long id, OpenStep step, long now) {
            if (lastCase != id) {
                cases++;
                lastCase = id;
            }
            steps++;
            oldest = Math.min(oldest, step.since());
            heldMs += Math.max(0, now - step.heldSince()) / 1_000;
        }
    }

    static final class Tally {
        private final Map<String, Sum> parties = new HashMap<>();
        private final Map<String, Sum> people = new HashMap<>();
        private final Matching matching;
        private final long now;

        Tally(Matching matching) {
            this.matching = matching;
            this.now = matching.now();
        }

        /** Only the steps for which the case is counted at all: narrowed to a party, others are not in it. */
        void add(OpenCase each) {
            for (var step : each.steps()) {
                if (matching.matches(step)) {
                    if (step.party() != null) {
                        parties.computeIfAbsent(step.party(), _ -> new Sum()).add(each.id(), step, now);
                    }
                    people.computeIfAbsent(step.holder(), _ -> new Sum()).add(each.id(), step, now);
                }
            }
        }

        Courts courts(int limit) {
            return new Courts(courts(parties, limit), courts(people, limit));
        }

        private static List<Court> courts(Map<String, Sum> sums, int limit) {
            return sums.entrySet().stream()
                    .sorted(Comparator.comparingLong((Map.Entry<String, Sum> entry) -> -entry.getValue().cases)
                            .thenComparing(Map.Entry::getKey))
                    .limit(limit)
                    .map(entry -> new Court(
                            entry.getKey(),
                            entry.getValue().cases,
                            entry.getValue().steps,
                            Decoder.instant(entry.getValue().oldest),
                            Duration.ofMillis(entry.getValue().heldMs)))
                    .toList();
        }
    }

    /** How many tasks wait for each person to act, and how many lie with each team, taken or not. */
    public record Load(Map<String, Long> people, Map<String, Long> teams) {}

    static final class LoadTally {
        private final Map<String, Count> people = new HashMap<>();
        private final Map<String, Count> teams = new HashMap<>();
        private final Matching matching;

        private static final class Count {
            long tasks;
        }

        LoadTally(Matching matching) {
            this.matching = matching;
        }

        void add(OpenCase each) {
            for (var step : each.steps()) {
                if (step.kind() == Kind.TASK && matching.matches(step)) {
                    count(people, step.asked());
                    count(teams, step.team());
                }
            }
        }

        private static void count(Map<String, Count> counts, @Nullable String who) {
            if (who != null) {
                counts.computeIfAbsent(who, _ -> new Count()).tasks++;
            }
        }

        private static Map<String, Long> tasks(Map<String, Count> counts) {
            return counts.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().tasks));
        }

        Load load() {
            return new Load(tasks(people), tasks(teams));
        }
    }
}
