package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The half of {@link PromisesKept} that is about trouble: it is said while it is there, and no longer. */
final class IncidentsKept {

    private final Play play;
    private final Office office;
    private final Set<String> replaced = new LinkedHashSet<>();
    private final Map<String, Map<String, Object>> said = new LinkedHashMap<>();
    private final Map<Integer, Instant> moves = new HashMap<>();
    private final Map<Integer, Event.IncidentRaised> raised = new HashMap<>();
    private final Map<Dismissed, @Nullable Instant> dismissed = new HashMap<>();
    private final Set<Unreached> unreached = new LinkedHashSet<>();

    /** What somebody resolved by hand, with the due date of that moment. */
    private record Dismissed(int step, IncidentKind kind) {}

    /** No message about the step has reached the person since. */
    private record Unreached(int step, String person) {}

    IncidentsKept(Play play, Office office) {
        this.play = play;
        this.office = office;
    }

    void replaced(String person) {
        replaced.add(person);
    }

    void read(Event event) {
        moved(event);
        switch (event) {
            case Event.FactsStated stated -> said(stated);
            case Event.FactDecided decided ->
                said.getOrDefault(decided.name(), new LinkedHashMap<>()).clear();
            case Event.IncidentRaised trouble -> raised(trouble);
            case Event.IncidentDismissed over -> dismissed(raised.get(over.incident()));
            case Event.DueChanged changed -> dismissed.remove(new Dismissed(changed.step(), IncidentKind.OVERDUE));
            default -> {}
        }
    }

    /** Of an open case, after its events were read. */
    void check(List<Event> events, String owner) {
        areOpenForACauseOnly(events, owner);
        whatWillBeLateIsSaid();
    }

    /** What people and systems do about a step, and the end of a pause; not what clocks do. */
    private void moved(Event event) {
        if (event instanceof Event.CaseResumed) {
            play.state.steps().forEach(step -> moves.put(step.id(), play.now));
        }
        var isAct = switch (event.getClass().getSimpleName()) {
            case "TaskClaimed", "TaskReleased", "TaskTaken", "TaskSentBack" -> true;
            case "HandoffOffered", "HandoffAccepted", "HandoffDeclined", "HandoffWithdrawn" -> true;
            case "DatePromised", "PromiseWithdrawn", "DateProposed", "ProposalDeclined", "DueChanged" -> true;
            case "StepBlocked", "StepUnblocked", "JobOpened", "JobFailed" -> true;
            case "DecisionMade", "DecisionTakenBack", "CommentPosted" -> true;
            default -> false;
        };
        if (isAct) {
            try {
                moves.put((Integer) event.getClass().getMethod("step").invoke(event), play.now);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(e.getMessage(), e);
            }
        }
    }

    private void said(Event.FactsStated stated) {
        stated.facts().forEach((name, value) -> {
            var systems = said.computeIfAbsent(name, _ -> new LinkedHashMap<>());
            systems.remove(stated.system());
            if (value != null) {
                systems.put(stated.system(), value);
            }
        });
    }

    /** What was resolved by hand does not come back for the same date. */
    private void raised(Event.IncidentRaised trouble) {
        raised.put(trouble.incident(), trouble);
        var known = new Dismissed(trouble.step(), trouble.kind());
        assertThat(dismissed.containsKey(known) && Objects.equals(dismissed.get(known), due(trouble.step())))
                .as("%s of step %s, which somebody resolved by hand, comes back", trouble.kind(), trouble.step())
                .isFalse();
    }

    private void dismissed(Event.@Nullable IncidentRaised trouble) {
        if (trouble == null) {
            throw new AssertionError("an incident is dismissed that was never raised");
        }
        if (trouble.kind() == IncidentKind.STALLED) {
            moves.put(trouble.step(), play.now);
        } else {
            dismissed.put(new Dismissed(trouble.step(), trouble.kind()), due(trouble.step()));
        }
    }

    private @Nullable Instant due(int number) {
        var step = play.state.step(number);
        var task = step == null ? null : step.task();
        return number == 0 ? play.state.due() : task == null ? null : task.due();
    }

    /** What the system said of messages, told by who gave the command. */
    void told(Command command) {
        switch (command) {
            case Command.ReportUndelivered bounced -> unreached.add(new Unreached(bounced.step(), bounced.person()));
            case Command.ReportDelivered arrived -> {
                unreached.remove(new Unreached(arrived.step(), arrived.person()));
                assertThat(play.state.incidents())
                        .noneMatch(incident -> incident.kind() == IncidentKind.BOUNCED
                                && incident.step() == arrived.step()
                                && arrived.person().equals(incident.about()));
            }
            default -> {}
        }
    }

    private void areOpenForACauseOnly(List<Event> events, String owner) {
        var seen = new LinkedHashSet<String>();
        for (var incident : play.state.incidents()) {
            if (incident.kind().stopsToken()) {
                continue;
            }
            assertThat(seen.add(incident.step() + " " + incident.kind() + " " + incident.about()))
                    .as("%s of step %s is open twice", incident.kind(), incident.step())
                    .isTrue();
            var step = play.state.step(incident.step());
            var task = step == null ? null : step.task();
            var due = due(incident.step());
            var cause = switch (incident.kind()) {
                case STUCK -> task != null && task.blocker() != null;
                case PROMISE_BROKEN ->
                    task != null && task.promise() != null && task.promise().broken();
                case OVERDUE -> due != null && !due.isAfter(play.now);
                case ORPHANED -> incident.step() == 0 ? replaced.contains(owner) : task != null;
                case STALLED -> step != null && stalls(step);
                case CONFLICT -> disagree(String.valueOf(incident.about()));
                case BOUNCED -> unreached.contains(new Unreached(incident.step(), String.valueOf(incident.about())));
                case AT_RISK -> play.state.pause() != null || (due != null && due.isAfter(play.now));
                default -> task != null;
            };
            assertThat(cause)
                    .as("%s of step %s is open, but its cause is gone", incident.kind(), incident.step())
                    .isTrue();
        }
        acceptanceEndsTrouble(events);
        bouncesOfWhatPassedOnAreOver(events);
        for (var name : said.keySet()) {
            var isOpen = play.state.incidents().stream()
                    .anyMatch(incident -> incident.kind() == IncidentKind.CONFLICT && name.equals(incident.about()));
            assertThat(isOpen)
                    .as("an incident about %s, of which is said %s", name, said.get(name))
                    .isEqualTo(disagree(name));
        }
    }

    /** Nobody did anything for as long as such a step usually takes. */
    private boolean stalls(Step step) {
        var usual = office.usual("", step.requireNode().id());
        var moved = moves.getOrDefault(step.id(), step.enteredAt());
        return usual != null
                && !moved.plus(usual.compareTo(Stalls.USUAL_MIN) < 0 ? Stalls.USUAL_MIN : usual)
                        .isAfter(play.now);
    }

    /** By what systems said last, as far as nobody has decided since, and by the case's own variable. */
    private boolean disagree(String name) {
        var values = new LinkedHashSet<>(said.getOrDefault(name, Map.of()).values());
        var own = play.state.variables().get(name);
        if (own != null) {
            values.add(own);
        }
        return values.size() > 1;
    }

    private void bouncesOfWhatPassedOnAreOver(List<Event> events) {
        for (var incident : play.state.incidents()) {
            for (var event : events) {
                var passed = switch (event) {
                    case Event.HandoffOffered offered
                    when !String.valueOf(offered.person()).equals(incident.about()) -> offered.step();
                    case Event.TaskClaimed claimed -> claimed.step();
                    case Event.TaskReleased released -> released.step();
                    case Event.HandoffAccepted accepted -> accepted.step();
                    case Event.TaskSentBack back -> back.step();
                    case Event.TaskTaken taken -> taken.step();
                    default -> -1;
                };
                assertThat(incident.kind() == IncidentKind.BOUNCED && incident.step() == passed)
                        .as("%s was not reached, but step %s is with somebody else", incident.about(), passed)
                        .isFalse();
            }
        }
    }

    /** Whoever accepts a step ends what was wrong with how it was given. */
    private void acceptanceEndsTrouble(List<Event> events) {
        var accepted = new ArrayList<Integer>();
        for (var event : events) {
            switch (event) {
                case Event.TaskClaimed claimed -> accepted.add(claimed.step());
                case Event.HandoffAccepted taken -> accepted.add(taken.step());
                case Event.TaskSentBack back -> accepted.add(back.step());
                case Event.IncidentRaised raised -> accepted.remove(Integer.valueOf(raised.step()));
                default -> {}
            }
        }
        for (var incident : play.state.incidents()) {
            assertThat(accepted.contains(incident.step())
                            && (incident.kind() == IncidentKind.NOT_ACCEPTED
                                    || incident.kind() == IncidentKind.ORPHANED))
                    .as("%s of step %s is open, although somebody has accepted it", incident.kind(), incident.step())
                    .isFalse();
        }
    }

    /** A case is at risk exactly while its buffer is negative, from before it is due; and the sum of each buffer is right. */
    private void whatWillBeLateIsSaid() {
        var buffer = Buffer.of(play.state, office, play.now);
        if (buffer == null || play.state.pause() != null) {
            return;
        }
        for (var step : buffer.steps()) {
            var sum = Duration.between(buffer.now(), buffer.due());
            var until = buffer.due();
            for (var term : step.terms().reversed()) {
                assertThat(term.until()).as("when %s has to be done", term).isEqualTo(until);
                assertThat(term.elapsed()).as("how long %s takes", term).isGreaterThanOrEqualTo(term.takes());
                sum = sum.minus(term.elapsed());
                until = term.from();
            }
            assertThat(step.left())
                    .as("the buffer of step %s: %s", step.step(), step)
                    .isEqualTo(sum);
            assertThat(buffer.left()).as("the least buffer of all").isLessThanOrEqualTo(step.left());
        }
        var late = buffer.steps().stream()
                .anyMatch(step -> step.left().isNegative() && !step.terms().isEmpty());
        var known = dismissed.get(new Dismissed(0, IncidentKind.AT_RISK));
        assertThat(play.state.incidents().stream().anyMatch(incident -> incident.kind() == IncidentKind.AT_RISK))
                .as("whether the case is said to be at risk at %s: %s", play.now, buffer)
                .isEqualTo(
                        late && buffer.due().isAfter(play.now) && !buffer.due().equals(known));
    }
}
