package io.baton.server.guest;

import io.baton.engine.Booking;
import io.baton.engine.Case;
import io.baton.engine.Slip;
import io.baton.engine.Step;
import io.baton.engine.expression.Expression;
import io.baton.engine.model.FlowNode;
import io.baton.engine.model.FlowNode.UserTask;
import io.baton.engine.model.Outside;
import io.baton.engine.model.ProcessModel;
import io.baton.engine.model.Text;
import io.baton.server.cases.CaseRow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A case as one contact may see it. Their party is that of the steps which they have now or had accepted before; what the
 * process shares with it is all there is, whatever page or mail is made of this.
 */
final class GuestCase {

    private final CaseRow row;
    private final String key;
    private final Case state;
    private final IntFunction<ProcessModel> models;
    private final ProcessModel model;
    private final String person;
    private final Instant now;
    private final SequencedSet<String> parties = new LinkedHashSet<>();
    private final boolean takesPart;

    GuestCase(
            CaseRow row,
            String key,
            Case state,
            IntFunction<ProcessModel> models,
            String person,
            List<String> partiesBefore,
            Instant now) {
        this.row = row;
        this.key = key;
        this.state = state;
        this.models = models;
        this.model = models.apply(row.process());
        this.person = person;
        this.now = now;
        this.parties.addAll(partiesBefore);
        for (var step : state.steps()) {
            if (hasOrHad(step) && step.node() != null && step.node().element().party() != null) {
                parties.add(step.node().element().party());
            }
        }
        for (var booking : appointments()) {
            var party = node(booking).element().party();
            if (party != null) {
                parties.add(party);
            }
        }
        this.takesPart = !partiesBefore.isEmpty()
                || !appointments().isEmpty()
                || state.steps().stream().anyMatch(step -> hasOrHad(step) || isUndoable(step));
    }

    private boolean hasOrHad(Step step) {
        return isTheirs(step)
                || (step.lastTask() != null
                        && step.custody().stream()
                                .anyMatch(held -> held.holder().equals(person)));
    }

    /** Theirs now: they have accepted it, or are asked to. */
    private boolean isTheirs(Step step) {
        var task = step.task();
        if (task == null) {
            return false;
        }
        return task.offer() == null
                ? person.equals(task.holder())
                : person.equals(task.offer().person());
    }

    String person() {
        return person;
    }

    CaseRow row() {
        return row;
    }

    String key() {
        return key;
    }

    ProcessModel model() {
        return model;
    }

    Case state() {
        return state;
    }

    /** Whether the person is or was asked anything here. */
    boolean takesPart() {
        return takesPart;
    }

    /** What waits for the person now. */
    List<Step> tasks() {
        return state.steps().stream().filter(this::isTheirs).toList();
    }

    Optional<Step> task(int number) {
        return Optional.ofNullable(state.step(number)).filter(this::isTheirs);
    }

    /** A step that is not theirs any more, or not for certain, by what they did a moment ago and may take back. */
    Optional<Step> undoable(int number) {
        return Optional.ofNullable(state.step(number)).filter(this::isUndoable);
    }

    boolean isUndoable(Step step) {
        return isPassedOn(step) || slip(step) != null;
    }

    /** They have asked a colleague, who has not answered. */
    boolean isPassedOn(Step step) {
        var offer = step.task() == null ? null : step.task().offer();
        return offer != null
                && offer.person() != null
                && offer.from().equals(person)
                && !offer.person().equals(person);
    }

    @Nullable
    Slip slip(Step step) {
        return state.slip(step, person, now);
    }

    /** What was booked for the person, given up ones too. */
    List<Booking> appointments() {
        return state.bookings().stream()
                .filter(booking -> booking.person().equals(person))
                .toList();
    }

    Optional<Booking> appointment(int step) {
        return appointments().stream().filter(booking -> booking.step() == step).findFirst();
    }

    private FlowNode node(Booking booking) {
        return models.apply(booking.process()).node(booking.node());
    }

    /** What the step was called where it was booked. */
    String label(Booking booking) {
        return node(booking).element().label();
    }

    UserTask node(Step step) {
        return (UserTask) Objects.requireNonNull(step.node());
    }

    /** All variables of the case that are shared with the person. */
    SequencedMap<String, @Nullable Object> shared() {
        return only(state.variables(), names());
    }

    /** What the person sees at a step: what is shared, and what the fields of its form hold. */
    SequencedMap<String, @Nullable Object> seen(Step step, Form form) {
        var names = names();
        names.addAll(share(step).variables());
        names.addAll(form.keys());
        return only(state.visible(step), names);
    }

    private SequencedSet<String> names() {
        var names = new LinkedHashSet<String>();
        shares().forEach(share -> names.addAll(share.variables()));
        return names;
    }

    private List<Outside.Share> shares() {
        return parties.stream().map(party -> model.outside().share(party)).toList();
    }

    private static SequencedMap<String, @Nullable Object> only(
            SequencedMap<String, @Nullable Object> variables, SequencedSet<String> names) {
        var only = new LinkedHashMap<String, @Nullable Object>();
        for (var name : names) {
            if (variables.containsKey(name)) {
                only.put(name, variables.get(name));
            }
        }
        return only;
    }

    /** The title, if what is shared with the person is enough to make it; one with anything else in it stays inside. */
    @Nullable
    String title() {
        var title = row.title();
        return switch (model.title()) {
            case null -> null;
            case Text.Literal _ -> title;
            case Text.Computed(var expression) ->
                expression.evaluate(shared(), row.startedAt()) instanceof Expression.Result.Value(var value)
                                && title != null
                                && title.equals(value)
                        ? title
                        : null;
        };
    }

    /** The nodes that make up the plain list of where the case stands, in the order in which the process names them. */
    List<FlowNode> sharedSteps() {
        var steps = new LinkedHashSet<String>();
        shares().forEach(share -> steps.addAll(share.steps()));
        return steps.stream().map(model::node).toList();
    }

    /** To whom the person may pass a step on: what its party may. */
    Outside.PassOn passOn(Step step) {
        return share(step).passOn();
    }

    /** Of the process that the step belongs to, which the case's may have called. */
    private Outside outside(Step step) {
        return models.apply(state.processOf(step)).outside();
    }

    private Outside.Share share(Step step) {
        return outside(step).share(node(step).element().party());
    }

    /** Whether somebody gave it to whom it can be sent back. */
    boolean hasGiver(Step step) {
        var heldByOthers = step.custody().stream()
                .skip(1) // the first is who had it before anybody was asked
                .anyMatch(held -> !held.holder().equals(person));
        return heldByOthers || (step.giver() != null && !step.giver().equals(person));
    }

    /** Whether the person said that they cannot go on, and nothing was decided since: only who has the step can say so. */
    static boolean isStuck(Step step, String person) {
        var task = step.task();
        return task != null && task.decision() == null && task.blocker() != null && person.equals(task.holder());
    }

    boolean needsCode(Step step) {
        return outside(step).byCode().contains(node(step).id());
    }
}
