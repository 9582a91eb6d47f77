package io.baton.server.insight;

import io.baton.engine.IncidentKind.Severity;
import io.baton.engine.codec.Decoder;
import io.baton.engine.codec.Encoder;
import io.baton.server.insight.OpenCase.Kind;
import io.baton.server.insight.OpenCase.OpenIncident;
import io.baton.server.insight.OpenCase.OpenStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A case that needs the reader, for one reason: the most pressing. What presses more comes first, and of that, what should
 * have been done first.
 *
 * @param step at which it needs somebody; 0 for the case itself
 * @param node where that is on the case's diagram
 * @param task whether the step is a task
 * @param incident the number of the incident, where that is the reason
 * @param kind the incident's kind, or what is asked
 */
public record Needs(
        long caseId,
        int process,
        Why why,
        int step,
        @Nullable String node,
        boolean task,
        @Nullable Integer incident,
        String kind,
        Instant since,
        @Nullable Instant due,
        String holder) {

    /** In the order in which they press. */
    public enum Why {
        /** An incident of high severity. */
        BROKEN,
        /** An incident of medium severity. */
        TROUBLED,
        /** The due date of the case is over. */
        OVERDUE,
        /** Somebody asks the reader to become the owner. */
        OWNERSHIP,
        /** The holder asks the owner for another date. */
        PROPOSAL,
        /** The case will not make its date. */
        AT_RISK,
        /** An incident of low severity. */
        HINT
    }

    /**
     * For whom the list is made: cases whose owner or holder the reader is, or that wait with a team he leads; all cases
     * where {@code everything}.
     */
    public record Reader(String person, Set<String> teams, boolean everything) {

        boolean concerns(OpenCase each) {
            if (everything || each.owner().equals(person) || person.equals(each.heir())) {
                return true;
            }
            for (var step : each.steps()) {
                if (step.holder().equals(person) || (step.party() != null && teams.contains(step.party()))) {
                    return true;
                }
            }
            for (var incident : each.incidents()) {
                if (incident.holder().equals(person)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static final Comparator<Needs> ORDER =
            Comparator.comparing(Needs::why).thenComparing(Needs::at).thenComparingLong(Needs::caseId);

    private Instant at() {
        return due == null ? since : due;
    }

    static final class Tally {
        private final Reader reader;
        private final long now;
        private final int limit;
        private final PriorityQueue<Needs> first = new PriorityQueue<>(ORDER.reversed());

        Tally(Reader reader, long now, int limit) {
            this.reader = reader;
            this.now = now;
            this.limit = limit;
        }

        void add(OpenCase each) {
            if (!reader.concerns(each)) {
                return;
            }
            find(each);
        }

        List<Needs> needs() {
            var sorted = new ArrayList<>(first);
            sorted.sort(ORDER);
            return sorted;
        }

        private void find(OpenCase each) {
            var incident = worst(each);
            var severity = incident == null ? null : incident.kind().severity();
            var proposed = proposed(each);
            if (incident != null && severity != Severity.LOW) {
                add(each, severity == Severity.HIGH ? Why.BROKEN : Why.TROUBLED, incident);
            } else if (each.isOverdue(now)) {
                add(each, Why.OVERDUE, longest(each), each.dueAt());
            } else if (reader.person().equals(each.heir())) {
                add(each, Why.OWNERSHIP, null, OpenCase.NEVER);
            } else if (proposed != null && each.owner().equals(reader.person())) {
                add(each, Why.PROPOSAL, proposed, proposed.dueAt());
            } else if (each.isAtRisk(now)) {
                add(each, Why.AT_RISK, longest(each), each.dueAt());
            } else if (incident != null) {
                add(each, Why.HINT, incident);
            }
        }

        /** Whether there are enough that press more: then it need not be made. */
        private boolean isOutdone(Why why, long at) {
            if (first.size() < limit) {
                return false;
            }
            var last = first.element();
            int order = why.compareTo(last.why());
            return order > 0 || (order == 0 && at > Encoder.micros(last.at()));
        }

        private void add(Needs need) {
            first.add(need);
            if (first.size() > limit) {
                first.poll();
            }
        }

        private static @Nullable OpenStep proposed(OpenCase each) {
            for (var step : each.steps()) {
                if (step.proposed()) {
                    return step;
                }
            }
            return null;
        }

        private static @Nullable OpenIncident worst(OpenCase each) {
            OpenIncident worst = null;
            for (var incident : each.incidents()) {
                if (worst == null
                        || incident.kind().severity().compareTo(worst.kind().severity()) > 0
                        || (incident.kind().severity() == worst.kind().severity()
                                && incident.dueAt() < worst.dueAt())) {
                    worst = incident;
                }
            }
            return worst;
        }

        private static @Nullable OpenStep longest(OpenCase each) {
            OpenStep longest = null;
            for (var step : each.steps()) {
                if (longest == null
                        || step.dueAt() < longest.dueAt()
                        || (step.dueAt() == longest.dueAt() && step.since() < longest.since())) {
                    longest = step;
                }
            }
            return longest;
        }

        private void add(OpenCase each, Why why, OpenIncident incident) {
            if (isOutdone(why, incident.dueAt())) {
                return;
            }
            add(new Needs(
                    each.id(),
                    each.process(),
                    why,
                    incident.step(),
                    incident.node(),
                    each.steps().stream().anyMatch(step -> step.id() == incident.step() && step.kind() == Kind.TASK),
                    incident.id(),
                    incident.kind().name(),
                    Decoder.instant(incident.raisedAt()),
                    Decoder.instant(incident.dueAt()),
                    incident.holder()));
        }

        private void add(OpenCase each, Why why, @Nullable OpenStep step, long due) {
            long since = step == null ? each.startedAt() : step.since();
            if (isOutdone(why, due == OpenCase.NEVER ? since : due)) {
                return;
            }
            add(new Needs(
                    each.id(),
                    each.process(),
                    why,
                    step == null ? 0 : step.id(),
                    step == null ? null : step.node(),
                    step != null && step.kind() == Kind.TASK,
                    null,
                    why.name(),
                    Decoder.instant(since),
                    due == OpenCase.NEVER ? null : Decoder.instant(due),
                    step == null ? each.owner() : step.holder()));
        }
    }
}
