package io.baton.server.commit;

import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.engine.Command;
import io.baton.engine.Event;
import io.baton.engine.Outcome;
import io.baton.engine.Roster;
import io.baton.engine.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Job types done inside the server, in the transaction that opens them: for work that only computes. The engine stays
 * pure; what the worker answers is a command like any other, and its events are in the journal.
 */
public final class LocalWorkers {

    /** Jobs done in a row within one command. A process that goes round in circles is left with an open job. */
    private static final int JOBS_MAX = 100;

    /** {@link Values#size} of the results of all jobs of one command; what is more is an incident of its job. */
    static final long RESULTS_SIZE_MAX = Case.VARIABLES_SIZE_MAX;

    /** Gets what the step sees, returns the job's results. An exception is an incident: again would be no different. */
    @FunctionalInterface
    public interface Worker {
        Map<String, ? extends @Nullable Object> work(Map<String, @Nullable Object> variables);
    }

    public static final LocalWorkers NONE = new LocalWorkers(Map.of());

    private final Map<String, Worker> workers;

    public LocalWorkers(Map<String, Worker> workers) {
        this.workers = Map.copyOf(workers);
    }

    boolean isEmpty() {
        return workers.isEmpty();
    }

    /** Does the jobs that the events opened, and those that follow from them; returns all events. */
    List<Event> runFollowing(WorkingCase working, Instant at, List<Event> events, Roster roster) {
        var all = new ArrayList<>(events);
        int jobs = 0;
        long room = RESULTS_SIZE_MAX;
        for (int i = 0; i < all.size() && jobs < JOBS_MAX; i++) {
            if (all.get(i) instanceof Event.JobOpened opened) {
                var command = work(working, opened, room);
                if (command != null) {
                    jobs++;
                    room -= command instanceof Command.CompleteJob done ? Values.size(done.variables()) : 0;
                    all.addAll(give(working, command, opened, at, roster));
                }
            }
        }
        return all;
    }

    /** What the worker says, or null where none is asked. */
    private @Nullable Command work(WorkingCase working, Event.JobOpened opened, long room) {
        var step = working.state().step(opened.step());
        var worker = workers.get(opened.type());
        if (step == null || step.job() == null || worker == null) {
            return null;
        }
        try {
            var results = new LinkedHashMap<String, @Nullable Object>(
                    worker.work(working.state().visible(step)));
            return Values.size(results) <= room
                    ? new Command.CompleteJob(opened.step(), results)
                    : failed(
                            opened,
                            "the jobs of one command have results of more than " + RESULTS_SIZE_MAX
                                    + " characters and values in all");
        } catch (RuntimeException e) {
            return failed(opened, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    private static Command.FailJob failed(Event.JobOpened opened, String message) {
        return new Command.FailJob(opened.step(), message, 0);
    }

    /** Results that the case has no room for are an incident: nobody else would ever hear of them. */
    private static List<Event> give(
            WorkingCase working, Command command, Event.JobOpened opened, Instant at, Roster roster) {
        var actor = Actor.system("worker:" + opened.type());
        return switch (working.decide(command, actor, at, roster)) {
            case Outcome.Accepted(var events) -> events;
            case Outcome.Refused refused ->
                command instanceof Command.CompleteJob
                        ? give(working, failed(opened, refused.message()), opened, at, roster)
                        : List.of();
        };
    }
}
