package io.baton.server.guest;

import io.baton.engine.Step;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import java.time.Clock;
import java.util.Optional;

/** What a path behind a link leads to: whose link it is, and what of that case they may see or do there. */
final class GuestPlaces {

    private final Links links;
    private final Directory directory;
    private final GuestActs acts;
    private final Clock clock;

    GuestPlaces(Links links, Directory directory, GuestActs acts, Clock clock) {
        this.links = links;
        this.directory = directory;
        this.acts = acts;
        this.clock = clock;
    }

    record Place(Link link, Person person, GuestCase seen, int step) {

        Optional<Step> task() {
            return seen.task(step);
        }
    }

    /** A step that waits for the person and that the link is for. */
    Optional<Place> act(String secret, String task) {
        return find(secret, task)
                .filter(place -> place.link().useAt(clock.instant()) == Link.Use.ACT
                        && place.link().covers(place.seen().row().id(), place.step())
                        && place.task().isPresent());
    }

    /** A step of which they may take back what they did a moment ago. */
    Optional<Place> undo(String secret, String task) {
        return find(secret, task)
                .filter(place -> place.link().useAt(clock.instant()) == Link.Use.ACT
                        && place.link().covers(place.seen().row().id(), place.step())
                        && place.seen().undoable(place.step()).isPresent());
    }

    /** What the person has booked and may still change by the link. */
    Optional<Place> appointment(String secret, String task) {
        return find(secret, task)
                .filter(place -> place.link().useAt(clock.instant()) == Link.Use.ACT
                        && place.link().covers(place.seen().row().id(), place.step())
                        && place.seen().appointment(place.step()).isPresent());
    }

    /** A case that the link is for, or one of its steps; for looking it need not wait for them any more. */
    Optional<Place> look(String secret, String task) {
        return find(secret, task).filter(place -> {
            var use = place.link().useAt(clock.instant());
            var caseId = place.seen().row().id();
            return (use == Link.Use.ACT || use == Link.Use.LOOK)
                    && (place.link().caseId() == 0 || place.link().caseId() == caseId);
        });
    }

    private Optional<Place> find(String secret, String task) {
        if (!task.matches("[1-9]\\d{0,17}\\.\\d{1,9}")) {
            return Optional.empty();
        }
        var dot = task.indexOf('.');
        var caseId = Long.parseLong(task.substring(0, dot));
        var step = Integer.parseInt(task.substring(dot + 1));
        return links.find(secret)
                .flatMap(link -> directory
                        .find(link.person())
                        .flatMap(person ->
                                acts.see(person.id(), caseId).map(seen -> new Place(link, person, seen, step))));
    }
}
