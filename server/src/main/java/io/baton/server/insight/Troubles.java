package io.baton.server.insight;

import io.baton.engine.IncidentKind;
import io.baton.engine.codec.Decoder;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Open incidents by kind, the severest first. {@code late}: whose holder should have dealt with them by now. */
public record Troubles(IncidentKind kind, long incidents, long late, Instant oldest) {

    private static final class Sum {
        long incidents;
        long late;
        long oldest = OpenCase.NEVER;
    }

    static final class Tally {
        private final Map<IncidentKind, Sum> kinds = new EnumMap<>(IncidentKind.class);
        private final long now;

        Tally(long now) {
            this.now = now;
        }

        void add(OpenCase each) {
            for (var incident : each.incidents()) {
                var sum = kinds.computeIfAbsent(incident.kind(), _ -> new Sum());
                sum.incidents++;
                sum.late += incident.dueAt() < now ? 1 : 0;
                sum.oldest = Math.min(sum.oldest, incident.raisedAt());
            }
        }

        List<Troubles> troubles() {
            return kinds.entrySet().stream()
                    .map(entry -> new Troubles(
                            entry.getKey(),
                            entry.getValue().incidents,
                            entry.getValue().late,
                            Decoder.instant(entry.getValue().oldest)))
                    .sorted(Comparator.comparing((Troubles each) -> each.kind().severity())
                            .reversed()
                            .thenComparingLong(each -> -each.incidents())
                            .thenComparing(Troubles::kind))
                    .toList();
        }
    }
}
