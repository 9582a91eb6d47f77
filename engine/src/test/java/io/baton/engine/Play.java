package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Outcome.Accepted;
import io.baton.engine.Outcome.Refused;
import io.baton.engine.codec.Decoder;
import io.baton.engine.codec.Encoder;
import io.baton.engine.codec.Words;
import io.baton.engine.model.FlowNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One case in play. Every command, in every test that uses this, also checks what must hold after any command: a journal
 * replayed, and a state written and read back, are the same case and decide the same; a refusal changes nothing; the case
 * can go on, or says why not.
 */
final class Play {

    final Models models;
    final List<Engine.Entry> journal = new ArrayList<>();
    Case state;
    Instant now = Instant.parse("2030-01-01T09:00:00Z");
    Roster roster = Roster.NOBODY;
    private int lastNumber;

    Play(Models models) {
        this.models = models;
        this.state = new Case(models);
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    Outcome send(Command command, Actor actor) {
        var before = bytes(state);
        var copy = before == null ? new Case(models) : CaseCodec.read(models, state.process(), before);
        assertThat(bytes(copy)).as("a state read back").isEqualTo(before);
        assertThat(copy.variablesSize).as("the size counted anew").isEqualTo(state.variablesSize);
        var outlook = outlook(command, actor);

        var outcome = Engine.decide(state, command, actor, now, roster);
        assertThat(Engine.decide(copy, command, actor, now, roster))
                .as("what the state read back decides on %s", command)
                .isEqualTo(outcome);
        assertThat(bytes(copy)).as("the state read back, after %s", command).isEqualTo(bytes(state));
        assertThat(copy.variablesSize).as("the size counted").isEqualTo(state.variablesSize);
        switch (outcome) {
            case Refused _ ->
                assertThat(bytes(state)).as("the state after a refusal").isEqualTo(before);
            case Accepted(var events) -> accepted(events);
        }
        if (outlook != null) {
            cameAsForeseen(outlook, outcome, before);
        }
        return outcome;
    }

    /** What would follow; looking changes nothing, which what is decided then shows. */
    private @Nullable Outlook outlook(Command command, Actor actor) {
        return command instanceof Command.CompleteTask complete && state.status() == Case.Status.OPEN
                ? Outlook.after(state, complete.step(), complete.variables(), actor, now, roster)
                : null;
    }

    private void cameAsForeseen(Outlook outlook, Outcome outcome, byte @Nullable [] before) {
        assertThat(outlook.refused())
                .as("what is refused was foreseen")
                .isEqualTo(outcome instanceof Refused r ? r : null);
        if (outlook.refused() != null) {
            return;
        }

        var was = CaseCodec.read(models, state.process(), Objects.requireNonNull(before));
        if (outlook.effectiveAt() != null) {
            assertThat(state.steps.values().stream()
                            .map(Undo::decision)
                            .filter(Objects::nonNull)
                            .map(Step.Decision::effectiveAt))
                    .as("when it takes effect")
                    .contains(outlook.effectiveAt());
            return;
        }
        assertThat(outlook.status()).as("the status foreseen").isEqualTo(state.status());
        var opened = new ArrayList<String>();
        for (var step : state.steps.values()) {
            if (was.step(step.id) == null && state.childrenOf(step).isEmpty()) {
                opened.add(step.id + " " + step.requireNode().id() + " " + state.holder(step));
            }
        }
        assertThat(outlook.next().stream()
                        .map(next -> next.step() + " " + next.node().id() + " " + next.holder()))
                .as("the steps foreseen")
                .containsExactlyElementsOf(opened);
        assertThat(outlook.stopped().stream().map(Incident::id))
                .as("what was foreseen to stop")
                .containsExactlyElementsOf(state.incidents.values().stream()
                        .filter(each -> each.kind().stopsToken() && !was.incidents.containsKey(each.id()))
                        .map(Incident::id)
                        .toList());
    }

    private void accepted(List<Event> events) {
        journal.add(new Engine.Entry(now, events));
        var words = state.root().inner.words();
        assertThat(decoded(words, encoded(words, events)))
                .as("events written and read back")
                .isEqualTo(events);
        assertThat(bytes(Engine.replay(models, journal)))
                .as("the state replayed from the journal")
                .isEqualTo(bytes(state));
        events.forEach(this::isNumberedUpwards);
        if (state.status() == Case.Status.OPEN) {
            canGoOn();
        } else {
            assertThat(state.steps()).as("steps left in a closed case").isEmpty();
            assertThat(state.waits()).as("waits left in a closed case").isEmpty();
            assertThat(state.incidents()).as("incidents left in a closed case").isEmpty();
        }
    }

    static byte[] encoded(Words words, List<Event> events) {
        var out = new Encoder(words);
        EventCodec.write(out, events);
        return out.bytes();
    }

    static List<Event> decoded(Words words, byte[] bytes) {
        return EventCodec.read(new Decoder(words, bytes));
    }

    private static byte @Nullable [] bytes(Case state) {
        return state.status() == Case.Status.NEW ? null : CaseCodec.write(state);
    }

    private void isNumberedUpwards(Event event) {
        int number = switch (event) {
            case Event.StepPassed passed -> passed.step();
            case Event.StepEntered entered -> entered.step();
            case Event.TimerSet set -> set.waitId();
            case Event.MessageAwaited awaited -> awaited.waitId();
            case Event.IncidentRaised raised -> raised.incident();
            case Event.ReminderSent sent -> sent.delivery();
            case Event.Escalated escalated -> escalated.delivery();
            default -> lastNumber + 1;
        };
        assertThat(number).as("the number of %s", event).isEqualTo(lastNumber + 1);
        lastNumber = isNumbered(event) ? number : lastNumber;
    }

    private static boolean isNumbered(Event event) {
        return event instanceof Event.StepPassed
                || event instanceof Event.StepEntered
                || event instanceof Event.TimerSet
                || event instanceof Event.MessageAwaited
                || event instanceof Event.IncidentRaised
                || event instanceof Event.ReminderSent
                || event instanceof Event.Escalated;
    }

    /** No silent stall: whatever is innermost waits for somebody, or an incident says that it does not. */
    private void canGoOn() {
        var children = new LinkedHashMap<@Nullable Step, Integer>();
        state.steps().forEach(step -> children.merge(step.scope(), 1, Integer::sum));
        var stopped = new LinkedHashSet<Integer>();
        state.incidents().stream()
                .filter(incident -> incident.kind().stopsToken())
                .forEach(incident -> stopped.add(incident.step()));
        var awaited = new LinkedHashSet<Awaited>();
        state.waits().forEach(wait -> awaited.add(new Awaited(wait.step(), wait.node())));

        var all = new ArrayList<>(state.steps());
        all.add(state.root());
        for (var step : all) {
            assertThat(state.holder(step))
                    .as("the holder of step %s", step.id())
                    .isNotEmpty();
            if (step != state.root()) {
                assertThat(step.custody().getLast().holder())
                        .as("who has step %s by its custody", step.id())
                        .isEqualTo(state.holder(step));
            }
            int inside = children.getOrDefault(step, 0);
            assertThat(step.children)
                    .as("the children counted of step %s", step.id())
                    .isEqualTo(inside);
            if (inside == 0 && !stopped.contains(step.id()) && !waits(step, awaited)) {
                throw new AssertionError("step " + step.id() + " at " + step.node() + " stands still without a reason");
            }
        }
    }

    private record Awaited(int step, FlowNode node) {}

    private boolean waits(Step step, Set<Awaited> awaited) {
        return switch (step.node()) {
            case FlowNode.UserTask _ -> step.task() != null;
            case FlowNode.JobTask _, FlowNode.EndEvent _, FlowNode.IntermediateThrowEvent _ -> step.job() != null;
            case FlowNode.ReceiveTask task -> awaited.contains(new Awaited(step.id(), task));
            case FlowNode.IntermediateCatchEvent event -> awaited.contains(new Awaited(step.id(), event));
            case FlowNode.EventBasedGateway _ -> state.waits().stream().anyMatch(wait -> wait.step() == step.id());
            case null, default -> false;
        };
    }
}
