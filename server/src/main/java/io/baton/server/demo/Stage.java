package io.baton.server.demo;

import io.baton.engine.Processes;
import io.baton.engine.model.ProcessModel;
import io.baton.server.replay.Profile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What all cases of the history have in common: the processes, the company, the measured figures and what everybody
 * usually does. Immutable, so that cases can be played side by side.
 */
final class Stage {

    /** The work of the processes that were not measured; so that some 200 cases are open at any time. */
    private static final double UNHURRIED = 2.1;

    private static final String PROFILE = "/demo/profile.json";

    /** Parties outside the company: their tasks are done by the contact whom the variable of that name leads to. */
    private static final Set<String> OUTSIDE = Set.of("vendor", "customer", "client");

    private final Instant now;
    private final Shipped processes;
    private final Company company;
    private final Pace.Measured measured;
    private final Rhythm rhythm;
    private final Rhythm arrivals;
    private final List<Story> stories;
    private final Map<String, Story.Habit> habits = new HashMap<>();
    private final Map<String, Story.Handback> handbacks = new HashMap<>();
    private final Map<String, Story.Signal> signals = new HashMap<>();

    Stage(List<Edition> editions, Company company, Instant now) {
        this.now = now;
        this.company = company;
        this.processes = new Shipped(editions.stream().flatMap(this::published).toList());
        var profile = profile();
        this.measured = new Pace.Measured(profile, 1);
        var unhurried = new Pace.Measured(profile, UNHURRIED);
        this.rhythm = new Rhythm(profile.work().people(), company.zone());
        this.arrivals = new Rhythm(profile.arrivals().byHour(), company.zone());
        this.stories = List.of(
                new VendorPayments(company, unhurried),
                new CustomerOrders(company, new Pace.Measured(profile, 1.2)),
                new ServiceExceptions(company, unhurried),
                new PaymentRequests(company, measured),
                new ClientOnboardings(company, unhurried));
        for (var story : stories) {
            habits.putAll(story.habits());
            handbacks.putAll(story.handbacks());
            signals.putAll(story.signals());
        }
    }

    static Profile profile() {
        try (InputStream json = Objects.requireNonNull(Stage.class.getResourceAsStream(PROFILE), PROFILE)) {
            return Profile.read(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<Published> published(Edition edition) {
        var since = publishedAt(edition.daysAgo());
        return edition.sources().models().stream().map(model -> new Published(model, since, edition.improvedOn()));
    }

    /** In the morning of that day. */
    Instant publishedAt(int daysAgo) {
        return LocalDate.ofInstant(now, company.zone())
                .minusDays(daysAgo)
                .atTime(9, 0)
                .atZone(company.zone())
                .toInstant();
    }

    private record Published(ProcessModel model, Instant since, boolean improvedOn) {}

    /** The processes in the order of their publication, numbered from 1; the store may number them otherwise. */
    record Shipped(List<Published> all) implements Processes {

        @Override
        public @Nullable ProcessModel model(int process) {
            return process >= 1 && process <= all.size() ? all.get(process - 1).model() : null;
        }

        @Override
        public int newest(String key) {
            return newest(key, Instant.MAX);
        }

        /** As it was then; before there was any, the first. */
        int newest(String key, Instant at) {
            int found = -1;
            for (int i = 0; i < all.size(); i++) {
                var each = all.get(i);
                if (each.model().key().equals(key)
                        && (found < 0 || !each.since().isAfter(at))) {
                    found = i + 1;
                }
            }
            return found;
        }

        /** Whether a later version does better. */
        boolean isImprovedOn(int process) {
            return all.get(process - 1).improvedOn();
        }
    }

    Shipped processes() {
        return processes;
    }

    Company company() {
        return company;
    }

    Pace.Measured measured() {
        return measured;
    }

    /** When people work. */
    Rhythm rhythm() {
        return rhythm;
    }

    /** When cases begin. */
    Rhythm arrivals() {
        return arrivals;
    }

    Story story(String process) {
        return stories.stream()
                .filter(story -> story.process().equals(process))
                .findFirst()
                .orElseThrow();
    }

    Story.Habit habit(String task) {
        var habit = habits.get(task);
        if (habit == null) {
            throw new IllegalStateException("nobody in the demo knows what to do with the task '" + task + "'");
        }
        return habit;
    }

    /** Null where the work before is always good enough. */
    Story.@Nullable Handback handback(String task) {
        return handbacks.get(task);
    }

    Story.@Nullable Signal signal(String message) {
        return signals.get(message);
    }

    boolean isOutside(String team) {
        return OUTSIDE.contains(team);
    }

    /** Null: a matter of seconds. */
    @Nullable
    Pace jobPace(String type) {
        return switch (type) {
            case "request-payment" -> measured.handOver();
            case "handle-payment" -> measured.payment();
            default -> null;
        };
    }
}
