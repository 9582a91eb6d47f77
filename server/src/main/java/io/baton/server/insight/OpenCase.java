package io.baton.server.insight;

import io.baton.engine.Case;
import io.baton.engine.IncidentKind;
import io.baton.engine.Step;
import io.baton.engine.codec.Encoder;
import io.baton.server.processes.Deployments;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An open case, as far as numbers over all cases need it: there is one in memory for each. Times are microseconds since
 * 1970, {@link #NEVER} where there is none. {@code reworked}: work was sent back at one of its steps. {@code variables} alternates names and values of the case's own variables, of a
 * list each of its values, as text; {@code words} is the line of {@link SearchWords}.
 */
record OpenCase(
        long id,
        int process,
        String processKey,
        String owner,
        @Nullable String heir,
        long startedAt,
        long dueAt,
        List<OpenStep> steps,
        List<OpenIncident> incidents,
        List<String> variables,
        String words,
        @Nullable Waiting waiting,
        boolean reworked) {

    static final long NEVER = Long.MAX_VALUE;

    /** Longer texts are nothing that somebody filters by. */
    static final int VALUE_LENGTH_MAX = 100;

    private static final int VARIABLES_MAX = 50;

    enum Kind {
        TASK,
        JOB,
        WAIT
    }

    /**
     * A step that waits. {@code node} is where it stands on the case's own diagram: what runs in a called process stands at
     * the call. {@code asked} is in whose inbox a task lies: the person who is asked to take it, else who took it.
     */
    record OpenStep(
            int id,
            String node,
            Kind kind,
            @Nullable String party,
            @Nullable String team,
            String holder,
            @Nullable String asked,
            boolean taken,
            long since,
            long heldSince,
            long dueAt,
            long promisedAt,
            boolean proposed,
            List<String> awaitedBy) {}

    record OpenIncident(int id, int step, String node, IncidentKind kind, String holder, long raisedAt, long dueAt) {}

    /** What a day of waiting costs, in millionths; {@code currency} is null where the process names none. */
    record Waiting(@Nullable String currency, long perDay) {}

    private static final int WAITING_DIGITS = 6;

    /** {@code one} gives equal texts the same object: most names occur in many cases. */
    static OpenCase of(long id, Case state, Instant now, Deployments deployments, UnaryOperator<String> one) {
        var inner = new HashSet<Step>();
        for (var step : state.steps()) {
            if (step.scope() != null) {
                inner.add(step.scope());
            }
        }
        var steps = new ArrayList<OpenStep>();
        for (var step : state.steps()) {
            if (step.node() != null && !inner.contains(step)) {
                steps.add(step(state, step, one));
            }
        }
        var incidents = new ArrayList<OpenIncident>();
        for (var incident : state.incidents()) {
            incidents.add(new OpenIncident(
                    incident.id(),
                    incident.step(),
                    one.apply(incident.node()),
                    incident.kind(),
                    one.apply(state.holder(incident)),
                    Encoder.micros(incident.raisedAt()),
                    Encoder.micros(incident.raisedAt().plus(incident.kind().due()))));
        }
        var process = deployments.require(state.process()).key();
        return new OpenCase(
                id,
                state.process(),
                process,
                one.apply(state.owner()),
                state.heir(),
                0,
                micros(state.due()),
                List.copyOf(steps),
                List.copyOf(incidents),
                variables(state, one),
                words(state, process, steps),
                waiting(state, now, deployments),
                state.steps().stream().anyMatch(step -> step.returns() > 0));
    }

    private static @Nullable Waiting waiting(Case state, Instant now, Deployments deployments) {
        var says = deployments.requireModel(state.process()).waiting();
        var perDay = says == null ? null : state.waitingCostPerDay(now);
        return says == null || perDay == null
                ? null
                : new Waiting(
                        says.currency(),
                        perDay.setScale(WAITING_DIGITS, RoundingMode.HALF_UP)
                                .unscaledValue()
                                .longValueExact());
    }

    /** Beside what every case is found by, the steps where it stands, who has them, and what is known only there. */
    private static String words(Case state, String process, List<OpenStep> open) {
        var words = SearchWords.of(state, process);
        for (var step : open) {
            words.add(SearchWords.person(step.holder()));
            if (step.asked() != null) {
                words.add(SearchWords.person(step.asked()));
            }
            if (step.party() != null) {
                words.add(SearchWords.party(step.party()));
            }
            var at = state.step(step.id());
            if (at != null && at.node() != null) {
                words.addText(at.node().element().label());
                words.addValue(state.visible(at));
            }
        }
        return words.line();
    }

    OpenCase with(long started, boolean reworkedBefore) {
        return new OpenCase(
                id,
                process,
                processKey,
                owner,
                heir,
                started,
                dueAt,
                steps,
                incidents,
                variables,
                words,
                waiting,
                reworked || reworkedBefore);
    }

    private static OpenStep step(Case state, Step step, UnaryOperator<String> one) {
        var task = step.task();
        var node = step.node();
        if (node == null) {
            throw new IllegalStateException("the case itself is no step that waits");
        }
        var party = task != null && task.team() != null
                ? task.team()
                : node.element().party();
        var asked = task == null ? null : task.offer() != null ? task.offer().person() : task.holder();
        return new OpenStep(
                step.id(),
                onDiagram(state, step),
                task != null ? Kind.TASK : step.job() != null ? Kind.JOB : Kind.WAIT,
                party == null ? null : one.apply(party),
                task == null || task.team() == null ? null : one.apply(task.team()),
                one.apply(state.holder(step)),
                asked == null ? null : one.apply(asked),
                task == null || (task.holder() != null && task.offer() == null),
                Encoder.micros(step.enteredAt()),
                Encoder.micros(
                        step.custody().isEmpty()
                                ? step.enteredAt()
                                : step.custody().getLast().since()),
                task == null ? NEVER : micros(task.due()),
                task == null || task.promise() == null
                        ? NEVER
                        : micros(task.promise().at()),
                task != null && task.proposal() != null,
                task == null ? List.of() : awaitedBy(state, step, task, asked, one));
    }

    /**
     * Who wait for somebody else to do this task: who did the work before it, who had it before, who has offered it on or
     * cannot go on with it. Not the owner for what nobody had taken yet: that is no passing on.
     */
    private static List<String> awaitedBy(
            Case state, Step step, Step.Task task, @Nullable String asked, UnaryOperator<String> one) {
        var waiting = new LinkedHashSet<String>();
        if (step.giver() != null) {
            waiting.add(one.apply(step.giver()));
        }
        for (var held : step.custody()) {
            if (!held.holder().equals(state.owner())) {
                waiting.add(one.apply(held.holder()));
            }
        }
        if (task.holder() != null) {
            waiting.add(one.apply(task.holder()));
        }
        waiting.remove(task.blocker() != null ? task.blocker().person() : asked);
        return List.copyOf(waiting);
    }

    private static String onDiagram(Case state, Step step) {
        var shown = step;
        for (var around = step; around != null && around.node() != null; around = around.scope()) {
            if (state.processOf(around) != state.process()) {
                shown = around.scope();
            }
        }
        return shown == null || shown.node() == null ? "" : shown.node().id();
    }

    private static List<String> variables(Case state, UnaryOperator<String> one) {
        var texts = new ArrayList<String>();
        for (var variable : state.variables().entrySet()) {
            for (var each : variable.getValue() instanceof List<?> list
                    ? list
                    : Collections.singletonList(variable.getValue())) {
                var value = text(each);
                if (value != null && value.length() <= VALUE_LENGTH_MAX && texts.size() < 2 * VARIABLES_MAX) {
                    texts.add(one.apply(variable.getKey()));
                    texts.add(one.apply(value));
                }
            }
        }
        return List.copyOf(texts);
    }

    /** How a variable's value is written in a filter; null for what is more than one value. */
    static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case List<?> _ -> null;
            case java.util.Map<?, ?> _ -> null;
            case BigDecimal number ->
                Math.abs(number.scale()) > VALUE_LENGTH_MAX
                        ? null
                        : number.stripTrailingZeros().toPlainString();
            default -> value.toString();
        };
    }

    private static long micros(@Nullable Instant at) {
        return at == null ? NEVER : Encoder.micros(at);
    }

    boolean hasVariable(String name, Set<String> values) {
        for (int i = 0; i < variables.size(); i += 2) {
            if (variables.get(i).equals(name) && values.contains(variables.get(i + 1))) {
                return true;
            }
        }
        return false;
    }

    boolean isOverdue(long now) {
        return dueAt < now;
    }

    /**
     * Its due date lies ahead, and something says that it will not be met: an incident that is more than a hint, a step
     * past its own due date, or a promise for a day after the due date.
     */
    boolean isAtRisk(long now) {
        if (dueAt == NEVER || dueAt < now) {
            return false;
        }
        for (var incident : incidents) {
            if (incident.kind().severity() != IncidentKind.Severity.LOW) {
                return true;
            }
        }
        for (var step : steps) {
            if (step.dueAt() < now || (step.promisedAt() != NEVER && step.promisedAt() > dueAt)) {
                return true;
            }
        }
        return false;
    }

    boolean isOrphaned() {
        for (var incident : incidents) {
            if (incident.kind() == IncidentKind.ORPHANED) {
                return true;
            }
        }
        return false;
    }
}
