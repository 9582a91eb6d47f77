package io.baton.server.demo;

import io.baton.engine.Processes;
import io.baton.engine.model.ProcessModel;
import io.baton.server.replay.Profile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

    private final Shipped processes;
    private final Company company;
    private final Pace.Measured measured;
    private final Rhythm rhythm;
    private final Rhythm arrivals;
    private final List<Story> stories;
    private final Map<String, Story.Habit> habits = new HashMap<>();
    private final Map<String, Story.Signal> signals = new HashMap<>();

    Stage(List<ProcessModel> models, Company company) {
        this.processes = new Shipped(models);
        this.company = company;
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

    /** The shipped processes, numbered from 1; the store may number them otherwise. */
    record Shipped(List<ProcessModel> models) implements Processes {

        @Override
        public @Nullable ProcessModel model(int process) {
            return process >= 1 && process <= models.size() ? models.get(process - 1) : null;
        }

        @Override
        public int newest(String key) {
            for (int i = 0; i < models.size(); i++) {
                if (models.get(i).key().equals(key)) {
                    return i + 1;
                }
            }
            return -1;
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
