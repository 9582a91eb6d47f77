package io.baton.engine;

import io.baton.engine.Expressions.Stuck;
import io.baton.engine.Outcome.Refused;
import io.baton.engine.model.Activity.Mapping;
import io.baton.engine.model.FlowNode;
import io.baton.engine.model.FlowNode.ActivityNode;
import io.baton.engine.model.FlowNode.EndEvent;
import io.baton.engine.model.FlowNode.IntermediateThrowEvent;
import java.time.Instant;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Work for systems: service, send and business-rule tasks, and events that throw messages. */
final class Jobs {

    private Jobs() {}

    static void open(Run run, Step step, FlowNode.Job job, List<Wait> waits) throws Stuck {
        var type = Expressions.requiredText(job.type(), "job type", run.state.visible(step), run.now);
        CatchEvents.open(run, waits);
        run.emit(new Event.JobOpened(step.id, type, job.retries()));
        var sponsor = Assignments.sponsor(run, step.requireNode());
        if (sponsor != null && !sponsor.equals(run.state.holder(step))) {
            run.emit(new Event.StepSponsored(step.id, sponsor));
        }
    }

    static void enterThrow(Run run, IntermediateThrowEvent event, Step scope) {
        if (event.job() == null) {
            run.pass(event, scope);
        } else {
            beginThrow(run, run.open(event, scope), event);
        }
    }

    static void beginThrow(Run run, Step step, IntermediateThrowEvent event) {
        if (event.job() == null) {
            leaveEvent(run, step);
        } else {
            openOrStop(run, step, event.job(), event.inputs());
        }
    }

    /** Of an event, which has no scope around it but its own. */
    static void openOrStop(Run run, Step step, FlowNode.Job job, List<Mapping> inputs) {
        try {
            Activities.mapIn(run, inputs, step);
            open(run, step, job, List.of());
        } catch (Stuck stuck) {
            Incidents.raise(run, step, stuck);
        }
    }

    static Outcome complete(Case state, Command.CompleteJob command, Instant now) {
        var step = state.step(command.step());
        if (step == null || step.job == null) {
            return noSuchJob(command.step());
        }
        var run = new Run(state, now);
        Incidents.closeAll(run, step);
        run.emit(new Event.JobCompleted(command.step()));
        finish(run, step, command.variables());
        return run.finish();
    }

    static Outcome fail(Case state, Command.FailJob command, Instant now) {
        var step = state.step(command.step());
        if (step == null || step.job == null) {
            return noSuchJob(command.step());
        }
        var left = command.retries() == null ? step.job.retries() - 1 : command.retries();
        var run = new Run(state, now);
        run.emit(new Event.JobFailed(command.step(), Math.max(0, left), Incidents.cut(command.message())));
        if (left <= 0 && !Incidents.has(state, step)) {
            Incidents.raise(run, step, new Stuck(IncidentKind.JOB, command.message()));
        }
        return run.accepted();
    }

    static Outcome throwError(Case state, Command.ThrowError command, Instant now) {
        var step = state.step(command.step());
        if (step == null || step.job == null) {
            return noSuchJob(command.step());
        }
        var run = new Run(state, now);
        Errors.raise(run, step, command.code(), command.message(), command.variables());
        return run.finish();
    }

    private static void finish(Run run, Step step, SequencedMap<String, @Nullable Object> results) {
        switch (step.requireNode()) {
            case ActivityNode _ -> Activities.finish(run, step, results);
            case EndEvent _, IntermediateThrowEvent _ -> {
                Activities.propagate(run, step, results);
                leaveEvent(run, step);
            }
            default ->
                throw new IllegalStateException(
                        "no job at " + step.requireNode().id());
        }
    }

    private static void leaveEvent(Run run, Step step) {
        var scope = step.requireScope();
        run.emit(new Event.StepLeft(step.id));
        run.leaveBy(scope.inner.outgoing(step.requireNode()), scope);
    }

    /** How often a worker may try, as the model says. */
    static int retries(FlowNode node) {
        return switch (node) {
            case FlowNode.JobTask task -> task.job().retries();
            case EndEvent event when event.end() instanceof EndEvent.End.Message(var job, var _) -> job.retries();
            case IntermediateThrowEvent event
            when event.job() != null -> event.job().retries();
            default -> throw new IllegalStateException("no job at " + node.id());
        };
    }

    private static Refused noSuchJob(int step) {
        return new Refused(Refusal.NO_SUCH_JOB, "no open job " + step + "; it may have been completed");
    }
}
