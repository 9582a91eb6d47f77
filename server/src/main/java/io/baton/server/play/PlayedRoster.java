package io.baton.server.play;

import io.baton.engine.Case;
import io.baton.engine.Event;
import io.baton.engine.Roster;
import io.baton.engine.RosterOver;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The directory as it is, and what the played case has given to whom: rules that share work out go by both. What people
 * have is counted before each decision, so that none sees what it is giving itself.
 */
final class PlayedRoster extends RosterOver {

    private final Map<String, Integer> work = new HashMap<>();
    private final Map<String, Instant> given = new HashMap<>();

    PlayedRoster(Roster real) {
        super(real);
    }

    /** A task is in the inbox of whom it is offered to, else its holder's. */
    void count(Case state) {
        work.clear();
        if (state.status() != Case.Status.OPEN) {
            return;
        }
        for (var step : state.steps()) {
            var task = step.task();
            if (task != null) {
                var has = task.offer() == null ? task.holder() : task.offer().person();
                if (has != null) {
                    work.merge(has, 1, Integer::sum);
                }
            }
        }
    }

    void given(List<Event> events, Instant at) {
        for (var event : events) {
            var person = switch (event) {
                case Event.TaskOpened opened -> opened.holder();
                case Event.TaskClaimed claimed -> claimed.person();
                case Event.TaskTaken taken -> taken.person();
                case Event.HandoffOffered offered -> offered.person();
                default -> null;
            };
            if (person != null) {
                given.put(person, at);
            }
        }
    }

    @Override
    public Instant lastGiven(String person) {
        var before = other.lastGiven(person);
        var here = given.getOrDefault(person, Instant.EPOCH);
        return here.isAfter(before) ? here : before;
    }

    @Override
    public int openWork(String person) {
        return other.openWork(person) + work.getOrDefault(person, 0);
    }
}
