package io.baton.server.insight;

import io.baton.engine.IncidentKind;
import io.baton.engine.codec.Decoder;
import io.baton.engine.codec.Encoder;
import io.baton.server.insight.OpenCase.Kind;
import io.baton.server.processes.Deployments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All cases at one moment, to ask questions of. It is of no use after the question to {@link Insight#ask} is answered. */
public final class Reading {

    private final Picture picture;
    private final Deployments deployments;
    private final Instant now;

    Reading(Picture picture, Deployments deployments, Instant now) {
        this.picture = picture;
        this.deployments = deployments;
        this.now = now;
    }

    public Instant now() {
        return now;
    }

    public long openCases() {
        return picture.open().size();
    }

    /** {@code overdueTasks}: open tasks whose own due date is over. {@code completed}: cases, in the time asked for. */
    public record Overview(long open, long overdueTasks, long incidents, long completed) {}

    public Overview overview(Duration recently) {
        var counts = new long[3];
        long at = Encoder.micros(now);
        picture.open().forEach(each -> {
            counts[0] += each.incidents().size();
            for (var step : each.steps()) {
                counts[1] += step.kind() == Kind.TASK && step.dueAt() < at ? 1 : 0;
            }
        });
        picture.closed().endedSince(Encoder.micros(now.minus(recently)), row -> counts[2] += row.isCompleted() ? 1 : 0);
        return new Overview(openCases(), counts[1], counts[0], counts[2]);
    }

    ClosedCases.Added ended(ClosedCases.@Nullable Mark after, int limit) {
        return picture.closed().addedAfter(after, limit);
    }

    public boolean owns(String person) {
        return picture.open().any(each -> each.owner().equals(person));
    }

    private Matching matching(CaseFilter filter) {
        return new Matching(filter, deployments, picture.closed(), now);
    }

    private void eachOpen(Matching matching, Consumer<OpenCase> reader) {
        if (matching.wantsOpen()) {
            picture.open().forEach(each -> {
                if (matching.matches(each)) {
                    reader.accept(each);
                }
            });
        }
    }

    // The tower

    public record Tower(
            Headline headline,
            List<Needs> needs,
            Courts courts,
            Courts.Load load,
            List<Troubles> troubles,
            List<WaitingCosts> waiting,
            Changes changes) {}

    /** What is new since a moment: begun, ended, overdue since then, and incidents raised since then that are still open. */
    public record Changes(Instant since, long started, long completed, long cancelled, long overdue, long incidents) {}

    private static final Duration NEWS = Duration.ofDays(1);

    /** One walk over everything. {@code needsMax} and {@code courtsMax} bound the two lists. */
    public Tower tower(CaseFilter filter, Period period, Needs.Reader reader, int needsMax, int courtsMax) {
        var matching = matching(filter);
        var headline = new Headline.Tally(period, matching);
        var needs = new Needs.Tally(reader, matching.now(), needsMax);
        var courts = new Courts.Tally(matching);
        var load = new Courts.LoadTally(matching);
        var troubles = new Troubles.Tally(matching.now());
        var waiting = new WaitingCosts.Tally(reader, matching.now(), needsMax);
        var changes = new ChangeTally(now.minus(NEWS), matching);
        eachOpen(matching, each -> {
            headline.add(each);
            needs.add(each);
            courts.add(each);
            load.add(each);
            troubles.add(each);
            waiting.add(each);
            changes.add(each);
        });
        if (matching.wantsClosed()) {
            picture.closed().endedSince(matching.endedSince(), row -> {
                headline.add(row);
                changes.add(row);
            });
            picture.past().each(headline::add);
        }
        return new Tower(
                headline.headline(),
                needs.needs(),
                courts.courts(courtsMax),
                load.load(),
                troubles.troubles(),
                waiting.costs(),
                changes.changes());
    }

    private static final class ChangeTally {
        private final Instant from;
        private final long since;
        private final Matching matching;
        private long started;
        private long completed;
        private long cancelled;
        private long overdue;
        private long incidents;

        ChangeTally(Instant from, Matching matching) {
            this.from = from;
            this.since = Encoder.micros(from);
            this.matching = matching;
        }

        void add(OpenCase each) {
            started += each.startedAt() >= since ? 1 : 0;
            overdue += each.dueAt() >= since && each.dueAt() < matching.now() ? 1 : 0;
            for (var incident : each.incidents()) {
                incidents += incident.raisedAt() >= since ? 1 : 0;
            }
        }

        void add(ClosedCases.Row row) {
            if (row.ended() >= since && matching.matches(row)) {
                started += row.started() >= since ? 1 : 0;
                completed += row.isCompleted() ? 1 : 0;
                cancelled += row.isCompleted() ? 0 : 1;
            }
        }

        Changes changes() {
            return new Changes(from, started, completed, cancelled, overdue, incidents);
        }
    }

    /** Whether figures of cases that are over can be narrowed in this way. */
    public boolean knowsClosed(CaseFilter filter) {
        return matching(filter).wantsClosed();
    }

    /** By the steps of the process that the filter names, else by processes. */
    public Ageing ageing(CaseFilter filter, int limit) {
        var matching = matching(filter);
        var tally = new Ageing.Tally(matching, filter.process() != null);
        eachOpen(matching, tally::add);
        if (matching.wantsClosed()) {
            var since = Encoder.micros(now.minus(Duration.ofDays(Ageing.LINE_DAYS)));
            picture.closed().endedSince(since, tally::add);
        }
        return tally.ageing(limit);
    }

    public List<LiveMap> map(CaseFilter filter) {
        var matching = matching(filter);
        var tally = new LiveMap.Tally(matching);
        eachOpen(matching, tally::add);
        return tally.nodes();
    }

    /** How one process did in that period. */
    public ProcessFigures figures(String process, Period period) {
        var matching = matching(CaseFilter.of(process, null, null, null, null));
        var headline = new Headline.Tally(period, matching);
        var tally = new ProcessFigures.Tally(period);
        eachOpen(matching, each -> {
            headline.add(each);
            tally.add(each);
        });
        picture.closed().endedSince(matching.endedSince(), row -> {
            if (matching.matches(row)) {
                headline.addMatching(row);
                tally.add(row);
            }
        });
        picture.past().each(headline::add);
        return tally.figures(headline.headline());
    }

    // The lists behind the numbers

    /** The newest first, before the case with that number. */
    public List<Long> cases(CaseFilter filter, @Nullable Long before, int limit) {
        return cases(filter, null, before, limit);
    }

    /** Of {@code among} alone, if it is given. */
    public List<Long> cases(CaseFilter filter, @Nullable Set<Long> among, @Nullable Long before, int limit) {
        var matching = matching(filter);
        var newest = new PriorityQueue<Long>();
        if (matching.wantsOpen()) {
            picture.open().newest(before, each -> {
                if ((among == null || among.contains(each.id())) && matching.matches(each)) {
                    newest.add(each.id());
                }
                return newest.size() < limit;
            });
        }
        if (matching.wantsClosed()) {
            picture.closed().endedSince(matching.endedSince(), row -> {
                if ((before == null || row.id() < before)
                        && (newest.size() < limit || row.id() > newest.element())
                        && (among == null || among.contains(row.id()))
                        && matching.matches(row)) {
                    newest.add(row.id());
                    if (newest.size() > limit) {
                        newest.poll();
                    }
                }
            });
        }
        return newest.stream().sorted(Comparator.reverseOrder()).toList();
    }

    /** Open cases in which the query is found, the newest first. */
    List<Long> search(SearchQuery.Lines query, int limit) {
        var found = new ArrayList<Long>();
        picture.open().newest(null, each -> {
            if (query.match(each.words())) {
                found.add(each.id());
            }
            return found.size() < limit;
        });
        return found;
    }

    /** The variable of an open case because of which it is found: its name and value; null where it is none of these. */
    public @Nullable Match match(SearchQuery query, long caseId) {
        var found = picture.open().get(caseId);
        if (found != null) {
            var variables = found.variables();
            for (int i = 0; i < variables.size(); i += 2) {
                if (query.touches(variables.get(i + 1))) {
                    return new Match(variables.get(i), variables.get(i + 1));
                }
            }
        }
        return null;
    }

    /** Of a case that is over, by the variables that it had at its end. */
    public static @Nullable Match match(SearchQuery query, Map<String, @Nullable Object> variables) {
        for (var variable : variables.entrySet()) {
            var value = OpenCase.text(variable.getValue());
            if (value != null && value.length() <= OpenCase.VALUE_LENGTH_MAX && query.touches(value)) {
                return new Match(variable.getKey(), value);
            }
        }
        return null;
    }

    public record Match(String variable, String value) {}

    /** A part of a case by its number in it, and by what it is sorted. */
    public record Part(Instant at, long caseId, int id) {
        private static final Comparator<Part> ORDER =
                Comparator.comparing(Part::at).thenComparingLong(Part::caseId).thenComparingInt(Part::id);
    }

    private static final class First {
        private final @Nullable Part after;
        private final int limit;
        private final PriorityQueue<Part> first = new PriorityQueue<>(Part.ORDER.reversed());
        private final long from;

        /** What is later is not among them, now that there are enough; nor what is of this time and of a younger case. */
        private long to = Long.MAX_VALUE;

        private long toCase = Long.MAX_VALUE;

        First(@Nullable Part after, int limit) {
            this.after = after;
            this.limit = limit;
            this.from = after == null ? Long.MIN_VALUE : Encoder.micros(after.at());
        }

        /** {@code at} in microseconds since 1970. */
        void add(long at, long caseId, int id) {
            if (at < from || at > to || (at == to && caseId > toCase)) {
                return;
            }
            var part = new Part(Decoder.instant(at), caseId, id);
            if (after == null || Part.ORDER.compare(part, after) > 0) {
                first.add(part);
                if (first.size() > limit) {
                    first.poll();
                    to = Encoder.micros(first.element().at());
                    toCase = first.element().caseId();
                }
            }
        }

        List<Part> parts() {
            var parts = new ArrayList<>(first);
            parts.sort(Part.ORDER);
            return parts;
        }
    }

    /**
     * The open tasks of these cases, what is due first comes first: at a step that the filter means, with that team, or
     * waiting for that person to act. {@code never} stands for the due date of those without one.
     */
    public List<Part> tasks(
            CaseFilter filter,
            @Nullable String person,
            @Nullable String team,
            Instant never,
            @Nullable Part after,
            int limit) {
        var matching = matching(filter);
        var first = new First(after, limit);
        long last = Encoder.micros(never);
        eachOpen(matching, each -> {
            for (var step : each.steps()) {
                if (step.kind() == Kind.TASK
                        && matching.matches(step)
                        && (person == null || person.equals(step.asked()))
                        && (team == null || team.equals(step.team()))) {
                    first.add(Math.min(step.dueAt(), last), each.id(), step.id());
                }
            }
        });
        return first.parts();
    }

    /** Open tasks that others have to do and this person waits for, in the order of {@link #tasks}. */
    public List<Part> awaitedBy(String person, Instant never, @Nullable Part after, int limit) {
        var first = new First(after, limit);
        long last = Encoder.micros(never);
        picture.open().forEach(each -> {
            for (var step : each.steps()) {
                if (step.awaitedBy().contains(person)) {
                    first.add(Math.min(step.dueAt(), last), each.id(), step.id());
                }
            }
        });
        return first.parts();
    }

    /** The open incidents of these cases, the most urgent first. */
    public List<Part> incidents(
            CaseFilter filter,
            @Nullable IncidentKind kind,
            @Nullable String holder,
            @Nullable Instant raisedSince,
            boolean late,
            @Nullable Part after,
            int limit) {
        var matching = matching(filter);
        var first = new First(after, limit);
        long since = raisedSince == null ? Long.MIN_VALUE : Encoder.micros(raisedSince);
        eachOpen(matching, each -> {
            for (var incident : each.incidents()) {
                if ((kind == null || kind == incident.kind())
                        && (holder == null || holder.equals(incident.holder()))
                        && incident.raisedAt() >= since
                        && (!late || incident.dueAt() < matching.now())) {
                    first.add(incident.dueAt(), each.id(), incident.id());
                }
            }
        });
        return first.parts();
    }
}
