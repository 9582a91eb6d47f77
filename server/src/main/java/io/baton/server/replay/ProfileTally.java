package io.baton.server.replay;

import io.baton.server.replay.EventLog.Event;
import io.baton.server.replay.EventLog.Trace;
import io.baton.server.replay.Profile.Rejections;
import io.baton.server.replay.Profile.Spread;
import io.baton.server.replay.Profile.Transition;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts a log, trace by trace, and makes its {@link Profile}. What an event means is read from the conventions of the
 * BPI Challenge's logs: activities named {@code … APPROVED by …} and {@code … REJECTED by …}, the resource SYSTEM.
 */
final class ProfileTally {

    private static final String SYSTEM = "SYSTEM";
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuu-MM", Locale.ROOT);

    private int events;
    private final Set<List<String>> variants = new HashSet<>();
    private final List<OffsetDateTime> starts = new ArrayList<>();
    private final List<Double> cycleSeconds = new ArrayList<>();
    private final Map<String, Integer> startsByMonth = new TreeMap<>();
    private final Week startsByHour = new Week();
    private final Week people = new Week();
    private final Week systems = new Week();
    private final Map<String, Map<String, Follow>> follows = new TreeMap<>();
    private final Map<String, Decisions> decisions = new TreeMap<>();
    private @Nullable OffsetDateTime last;

    /** Counts by weekday and hour; a weekday without any has 24 zeros. */
    private static final class Week {
        private final SequencedMap<DayOfWeek, List<Integer>> byHour = new LinkedHashMap<>();

        Week() {
            for (var day : DayOfWeek.values()) {
                byHour.put(day, new ArrayList<>(Collections.nCopies(24, 0)));
            }
        }

        void add(OffsetDateTime time) {
            byHour.computeIfPresent(time.getDayOfWeek(), (_, hours) -> {
                hours.set(time.getHour(), hours.get(time.getHour()) + 1);
                return hours;
            });
        }
    }

    private static final class Follow {
        int count;
        final List<Double> seconds = new ArrayList<>();
    }

    private static final class Decisions {
        int approved;
        int rejected;
    }

    void add(Trace trace) {
        var steps = trace.events();
        if (steps.isEmpty()) {
            return;
        }
        var first = steps.getFirst().time();
        starts.add(first);
        startsByMonth.merge(MONTH.format(first), 1, Integer::sum);
        startsByHour.add(first);
        variants.add(steps.stream().map(Event::activity).toList());
        cycleSeconds.add(secondsBetween(first, steps.getLast().time()));

        Event before = null;
        for (var event : steps) {
            count(event);
            follow(before, event);
            before = event;
        }
        follow(before, null);
    }

    private void count(Event event) {
        events++;
        if (last == null || event.time().isAfter(last)) {
            last = event.time();
        }
        (SYSTEM.equals(event.resource()) ? systems : people).add(event.time());
        var role = event.role();
        if (role == null) {
            return;
        }
        if (event.activity().contains("APPROVED by")) {
            decisions.computeIfAbsent(role, _ -> new Decisions()).approved++;
        } else if (event.activity().contains("REJECTED by")) {
            decisions.computeIfAbsent(role, _ -> new Decisions()).rejected++;
        }
    }

    private void follow(@Nullable Event before, @Nullable Event after) {
        var follow = follows.computeIfAbsent(before == null ? Profile.START : before.activity(), _ -> new TreeMap<>())
                .computeIfAbsent(after == null ? Profile.END : after.activity(), _ -> new Follow());
        follow.count++;
        if (before != null && after != null) {
            follow.seconds.add(secondsBetween(before.time(), after.time()));
        }
    }

    Profile profile(@Nullable String source) throws IOException {
        if (last == null) {
            throw new MalformedFile("the log has no event, so there is nothing to measure");
        }
        return new Profile(
                source,
                starts.size(),
                events,
                variants.size(),
                Collections.min(starts, Comparator.comparing(OffsetDateTime::toInstant))
                        .toString(),
                last.toString(),
                new Profile.Arrivals(
                        new LinkedHashMap<>(startsByMonth), startsByHour.byHour, Spread.of(secondsBetweenStarts())),
                Spread.of(cycleSeconds),
                transitions(),
                rejections(),
                new Profile.Work(people.byHour, systems.byHour));
    }

    private List<Double> secondsBetweenStarts() {
        var sorted = starts.stream().map(OffsetDateTime::toInstant).sorted().toList();
        var seconds = new ArrayList<Double>();
        for (var i = 1; i < sorted.size(); i++) {
            seconds.add(seconds(sorted.get(i - 1), sorted.get(i)));
        }
        return seconds.isEmpty() ? List.of(0.0) : seconds;
    }

    private List<Transition> transitions() {
        var transitions = new ArrayList<Transition>();
        follows.forEach((from, followers) -> {
            var all =
                    followers.values().stream().mapToInt(follow -> follow.count).sum();
            followers.entrySet().stream()
                    .sorted(Comparator.comparingInt(entry -> -entry.getValue().count))
                    .forEach(entry -> {
                        var follow = entry.getValue();
                        transitions.add(new Transition(
                                from,
                                entry.getKey(),
                                follow.count,
                                share(follow.count, all),
                                follow.seconds.isEmpty() ? null : Spread.of(follow.seconds)));
                    });
        });
        return transitions;
    }

    private List<Rejections> rejections() {
        var rejections = new ArrayList<Rejections>();
        decisions.forEach((party, made) -> {
            if (made.approved > 0) {
                var all = made.approved + made.rejected;
                rejections.add(new Rejections(party, all, made.rejected, share(made.rejected, all)));
            }
        });
        return rejections;
    }

    private static double share(int part, int all) {
        return Math.round(10_000.0 * part / all) / 10_000.0;
    }

    private static double secondsBetween(OffsetDateTime from, OffsetDateTime to) {
        return seconds(from.toInstant(), to.toInstant());
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
