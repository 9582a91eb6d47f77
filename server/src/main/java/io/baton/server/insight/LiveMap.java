package io.baton.server.insight;

import io.baton.engine.codec.Decoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the open cases of a process stand on its diagram.
 *
 * @param node its id on the diagram
 * @param cases that stand there
 * @param untaken of which a step there waits for somebody to take it
 * @param held the median of how long its steps have been there
 */
public record LiveMap(String node, long cases, long untaken, Instant oldest, Duration held) {

    private static final class Sum {
        long cases;
        long lastCase;
        long untaken;
        long lastUntaken;
        long oldest = OpenCase.NEVER;
        final Percentile ages = new Percentile();
    }

    static final class Tally {
        private final Map<String, Sum> nodes = new HashMap<>();
        private final Matching matching;

        Tally(Matching matching) {
            this.matching = matching;
        }

        void add(OpenCase each) {
            for (var step : each.steps()) {
                if (matching.matches(step)) {
                    var sum = nodes.computeIfAbsent(step.node(), _ -> new Sum());
                    if (sum.lastCase != each.id()) {
                        sum.lastCase = each.id();
                        sum.cases++;
                    }
                    if (!step.taken() && sum.lastUntaken != each.id()) {
                        sum.lastUntaken = each.id();
                        sum.untaken++;
                    }
                    sum.oldest = Math.min(sum.oldest, step.since());
                    sum.ages.add(Math.max(0, matching.now() - step.since()));
                }
            }
        }

        List<LiveMap> nodes() {
            var all = new ArrayList<LiveMap>();
            nodes.forEach((node, sum) -> all.add(new LiveMap(
                    node,
                    sum.cases,
                    sum.untaken,
                    Decoder.instant(sum.oldest),
                    Duration.ofNanos(sum.ages.of(50).orElseThrow() * 1_000))));
            all.sort(Comparator.comparing(LiveMap::node));
            return all;
        }
    }
}
