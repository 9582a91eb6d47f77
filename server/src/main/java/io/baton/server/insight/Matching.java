package io.baton.server.insight;

import static io.baton.server.insight.OpenCase.NEVER;

import io.baton.engine.codec.Encoder;
import io.baton.server.insight.CaseFilter.Risk;
import io.baton.server.insight.CaseFilter.State;
import io.baton.server.insight.OpenCase.OpenStep;
import io.baton.server.processes.Deployments;
import java.time.Instant;
import java.util.BitSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A filter made ready for millions of rows. */
final class Matching {

    private final CaseFilter filter;
    private final long now;
    private final @Nullable BitSet processes;
    private final @Nullable Integer closedOwner;
    private final Set<String> values;
    private final long startedSince;
    private final long startedBefore;
    private final long endedSince;
    private final long endedBefore;
    private final long dueSince;
    private final long dueBefore;

    Matching(CaseFilter filter, Deployments deployments, ClosedCases closed, Instant now) {
        this.filter = filter;
        this.now = Encoder.micros(now);
        this.processes = filter.process() == null ? null : versions(deployments, filter.process(), filter.version());
        this.closedOwner = closed.ownerNumber(filter.owner());
        this.values = filter.values();
        this.startedSince = from(filter.startedSince());
        this.startedBefore = before(filter.startedBefore());
        this.endedSince = Math.max(from(filter.endedSince()), Encoder.micros(now.minus(Insight.HORIZON)));
        this.endedBefore = before(filter.endedBefore());
        this.dueSince = from(filter.dueSince());
        this.dueBefore = before(filter.dueBefore());
    }

    private static BitSet versions(Deployments deployments, String process, @Nullable Integer version) {
        var versions = new BitSet();
        for (var each : deployments.versions(process)) {
            if (version == null || version == each.version()) {
                versions.set(each.id());
            }
        }
        return versions;
    }

    private static long from(@Nullable Instant at) {
        return at == null ? Long.MIN_VALUE : Encoder.micros(at);
    }

    private static long before(@Nullable Instant at) {
        return at == null ? NEVER : Encoder.micros(at);
    }

    long now() {
        return now;
    }

    long endedSince() {
        return endedSince;
    }

    /** Whether any open case can match. */
    boolean wantsOpen() {
        var risk = filter.risk();
        return filter.state() != State.COMPLETED
                && filter.state() != State.CANCELLED
                && filter.endedSince() == null
                && filter.endedBefore() == null
                && risk != Risk.ON_TIME
                && risk != Risk.LATE;
    }

    boolean wantsClosed() {
        var risk = filter.risk();
        return filter.state() != State.OPEN
                && filter.state() != State.INCIDENT
                && !filter.isOfOpen()
                && (risk == null || risk == Risk.ON_TIME || risk == Risk.LATE);
    }

    boolean matches(OpenCase open) {
        return (processes == null || processes.get(open.process()))
                && (filter.owner() == null || filter.owner().equals(open.owner()))
                && (filter.state() != State.INCIDENT || !open.incidents().isEmpty())
                && within(open.startedAt(), startedSince, startedBefore)
                && within(open.dueAt(), dueSince, dueBefore)
                && isAt(open)
                && (filter.risk() == null || isAt(open, filter.risk()))
                && hasIncident(open)
                && (filter.currency() == null || isCounted(open, filter.currency()))
                && (filter.rework() == null || filter.rework() == open.reworked())
                && (filter.variable() == null || open.hasVariable(filter.variable(), values));
    }

    private static boolean isCounted(OpenCase open, String currency) {
        return open.waiting() != null
                && currency.equals(Objects.requireNonNullElse(open.waiting().currency(), CaseFilter.NO_CURRENCY));
    }

    private static boolean within(long at, long since, long before) {
        return at >= since && (before == NEVER || at < before);
    }

    private boolean isAt(OpenCase open) {
        if (filter.party() == null && filter.holder() == null && filter.steps() == null && !filter.untaken()) {
            return true;
        }
        for (var step : open.steps()) {
            if (matches(step)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the step is one for which its case matches. */
    boolean matches(OpenStep step) {
        return (filter.party() == null || filter.party().equals(step.party()))
                && (filter.holder() == null || filter.holder().equals(step.holder()))
                && (filter.steps() == null || filter.steps().contains(step.node()))
                && (!filter.untaken() || !step.taken());
    }

    private boolean isAt(OpenCase open, Risk risk) {
        return switch (risk) {
            case OVERDUE -> open.isOverdue(now);
            case AT_RISK -> open.isAtRisk(now);
            case ORPHANED -> open.isOrphaned();
            case ON_TIME, LATE -> false;
        };
    }

    private boolean hasIncident(OpenCase open) {
        if (filter.incident() == null) {
            return true;
        }
        for (var incident : open.incidents()) {
            if (incident.kind() == filter.incident()) {
                return true;
            }
        }
        return false;
    }

    boolean matches(ClosedCases.Row row) {
        return (processes == null || processes.get(row.process()))
                && (closedOwner == null || closedOwner == row.owner())
                && (filter.state() == null || (filter.state() == State.COMPLETED) == row.isCompleted())
                && within(row.started(), startedSince, startedBefore)
                && within(row.ended(), endedSince, endedBefore)
                && within(row.due(), dueSince, dueBefore)
                && (filter.rework() == null || filter.rework() == row.isReworked())
                && (filter.risk() == null
                        || (row.isCompleted()
                                && row.due() != NEVER
                                && (row.ended() <= row.due()) == (filter.risk() == Risk.ON_TIME)));
    }
}
