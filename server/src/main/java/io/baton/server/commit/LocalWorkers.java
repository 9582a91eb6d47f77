package io.baton.server.commit;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.Event;
import io.baton.engine.Outcome;
import io.baton.engine.Roster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Job types done inside the server, in the transaction that opens them: for work that only computes. The engine stays
 * pure; what the worker answers is a command like any other, and its events are in the journal.
 */
public final class LocalWorkers {

    /** Jobs done in a row within one command. A process that goes round in circles is left with an open job. */
    private static final int JOBS_MAX = 100;

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
        for (int i = 0; i < all.size() && jobs < JOBS_MAX; i++) {
            if (all.get(i) instanceof Event.JobOpened opened && workers.containsKey(opened.type())) {
                jobs++;
                all.addAll(run(working, at, opened, roster));
            }
        }
        return all;
    }

    private List<Event> run(WorkingCase working, Instant at, Event.JobOpened opened, Roster roster) {
        var step = working.state().step(opened.step());
        var worker = workers.get(opened.type());
        if (step == null || step.job() == null || worker == null) {
            return List.of();
        }
        var command = command(opened, worker, working.state().visible(step));
        return switch (working.decide(command, Actor.system("worker:" + opened.type()), at, roster)) {
            case Outcome.Accepted(var events) -> events;
            case Outcome.Refused _ -> List.of();
        };
    }

    private static Command command(
            Event.JobOpened opened, Worker worker, SequencedMap<String, @Nullable Object> variables) {
        try {
            return new Command.CompleteJob(opened.step(), new LinkedHashMap<>(worker.work(variables)));
        } catch (RuntimeException e) {
            var message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return new Command.FailJob(opened.step(), message, 0);
        }
    }
}
