package io.baton.engine;

import io.baton.engine.codec.Decoder;
import io.baton.engine.codec.Encoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of {@link CaseCodec} that is about one step: what it holds, and through whose hands it went. */
final class StepCodec {

    private StepCodec() {}

    static void write(Encoder out, Step step, String owner) {
        out.unsigned(step.id);
        out.unsigned(step.requireScope().id);
        out.unsigned(step.requireNode().index());
        out.time(step.enteredAt);
        writeScope(out, step);
        writeHands(out, step, owner);
    }

    static void read(Decoder in, Case state) {
        int id = in.count();
        var scope = state.open(in.count());
        var model = scope.inner;
        var step = new Step(id, model.node(in.count()), scope, in.requiredTime(), model);
        readScope(in, state, step);
        readHands(in, step, state.owner());
        scope.children++;
        state.steps.put(id, step);
    }

    // Through whose hands a step went, and what it waits for; a byte says which parts follow.

    private static final int CUSTODY = 1;
    private static final int GIVER = 2;
    private static final int SPONSOR = 4;
    private static final int RETURNS = 8;
    private static final int POLICY = 16;
    private static final int CLOCK = 32;
    private static final int DUE_BY_HAND = 64;
    private static final int WAIVED = 128;
    private static final int IDLE = 256;
    private static final int CHECKED_BY = 512;
    private static final int PAPERS = 1024;
    private static final int MOVED = 2048;
    private static final int REQUIREMENT = 4096;
    private static final int SLIP = 8192;
    private static final int DISMISSED = 16_384;

    private static void writeHands(Encoder out, Step step, String owner) {
        var custody = step.custody;
        var plain = custody.size() == 1 && custody.getFirst().holder().equals(owner);
        out.unsigned((plain ? 0 : CUSTODY)
                | (step.giver == null ? 0 : GIVER)
                | (step.sponsor == null ? 0 : SPONSOR)
                | (step.returns == 0 ? 0 : RETURNS)
                | (step.policy == null ? 0 : POLICY)
                | (step.dueByHand ? DUE_BY_HAND : 0)
                | (step.waived ? WAIVED : 0)
                | (step.idle.isZero() ? 0 : IDLE)
                | (step.checkedBy.isEmpty() ? 0 : CHECKED_BY)
                | (step.clock == null ? 0 : CLOCK)
                | (step.opened.isEmpty() && step.signed.isEmpty() ? 0 : PAPERS)
                | (step.movedAt.equals(step.enteredAt) ? 0 : MOVED)
                | (step.requirement == null ? 0 : REQUIREMENT)
                | (slip(step) == null ? 0 : SLIP)
                | (step.dismissedDue == null ? 0 : DISMISSED));
        if (!plain) {
            out.unsigned(custody.size());
            for (var held : custody) {
                out.string(held.holder());
                out.time(held.since());
            }
        }
        if (step.giver != null) {
            out.string(step.giver);
        }
        if (step.sponsor != null) {
            out.string(step.sponsor);
        }
        if (step.returns != 0) {
            out.unsigned(step.returns);
        }
        if (step.policy != null) {
            out.string(step.policy);
            out.unsigned(step.policyVersion);
            out.unsigned(step.actsDone);
        }
        if (step.clock != null) {
            out.time(step.clock);
        }
        if (!step.idle.isZero()) {
            out.time(Instant.EPOCH.plus(step.idle));
        }
        if (!step.checkedBy.isEmpty()) {
            out.unsigned(step.checkedBy.size());
            step.checkedBy.forEach(out::string);
        }
        if (!step.opened.isEmpty() || !step.signed.isEmpty()) {
            writeStrings(out, step.opened);
            writeStrings(out, step.signed);
        }
        if (!step.movedAt.equals(step.enteredAt)) {
            out.time(step.movedAt);
        }
        if (step.requirement != null) {
            out.string(step.requirement.skill());
            out.string(step.requirement.amountText());
        }
        var slip = slip(step);
        if (slip != null) {
            out.constant(Slip.Kind.class, slip.kind());
            out.string(slip.person());
            out.string(slip.other());
            out.time(slip.before());
        }
        if (step.dismissedDue != null) {
            out.time(step.dismissedDue);
        }
    }

    /** What was done since has settled it; it happened when somebody last did something. */
    private static @Nullable Slip slip(Step step) {
        return step.slip != null && step.slip.at().equals(step.movedAt) ? step.slip : null;
    }

    private static void writeStrings(Encoder out, List<String> strings) {
        out.unsigned(strings.size());
        strings.forEach(out::string);
    }

    private static void readStrings(Decoder in, List<String> into) {
        for (int left = in.count(); left > 0; left--) {
            into.add(in.requiredString());
        }
    }

    private static void readHands(Decoder in, Step step, String owner) {
        int parts = in.count();
        if ((parts & CUSTODY) == 0) {
            step.custody.add(new Step.Custody(owner, step.enteredAt));
        } else {
            for (int left = in.count(); left > 0; left--) {
                step.custody.add(new Step.Custody(in.requiredString(), in.requiredTime()));
            }
        }
        if ((parts & GIVER) != 0) {
            step.giver = in.string();
        }
        if ((parts & SPONSOR) != 0) {
            step.sponsor = in.string();
        }
        step.dueByHand = (parts & DUE_BY_HAND) != 0;
        step.waived = (parts & WAIVED) != 0;
        if ((parts & RETURNS) != 0) {
            step.returns = in.count();
        }
        if ((parts & POLICY) != 0) {
            step.policy = in.string();
            step.policyVersion = in.count();
            step.actsDone = in.count();
        }
        if ((parts & CLOCK) != 0) {
            step.clock = in.time();
        }
        if ((parts & IDLE) != 0) {
            step.idle = Duration.between(Instant.EPOCH, in.requiredTime());
        }
        if ((parts & CHECKED_BY) != 0) {
            for (int left = in.count(); left > 0; left--) {
                step.checkedBy.add(in.requiredString());
            }
        }
        if ((parts & PAPERS) != 0) {
            readStrings(in, step.opened);
            readStrings(in, step.signed);
        }
        if ((parts & MOVED) != 0) {
            step.movedAt = in.requiredTime();
        }
        if ((parts & REQUIREMENT) != 0) {
            step.requirement = Step.Requirement.of(in.requiredString(), in.string());
        }
        if ((parts & SLIP) != 0) {
            step.slip =
                    new Slip(in.constant(Slip.Kind.class), in.requiredString(), step.movedAt, in.string(), in.time());
        }
        if ((parts & DISMISSED) != 0) {
            step.dismissedDue = in.time();
        }
    }

    // What a step holds; a byte says which parts follow.

    private static final int VARIABLES = 1;
    private static final int ARRIVED = 2;
    private static final int TASK = 4;
    private static final int JOB = 8;
    private static final int LOOP = 16;
    private static final int CALL = 32;
    private static final int LAST_TASK = 64;

    static void writeScope(Encoder out, Step step) {
        out.constant(Step.Stage.class, step.stage);
        out.unsigned((step.variables.isEmpty() ? 0 : VARIABLES)
                | (step.arrived.isEmpty() ? 0 : ARRIVED)
                | (step.task == null ? 0 : TASK)
                | (step.job == null ? 0 : JOB)
                | (step.loop == null ? 0 : LOOP)
                | (step.calledProcess < 0 ? 0 : CALL)
                | (step.lastTask == null ? 0 : LAST_TASK));
        if (!step.variables.isEmpty()) {
            out.map(step.variables);
        }
        if (!step.arrived.isEmpty()) {
            out.unsigned(step.arrived.size());
            step.arrived.forEach((flow, count) -> {
                out.unsigned(flow);
                out.unsigned(count);
            });
        }
        writeTask(out, step.task);
        if (step.job != null) {
            out.string(step.job.type());
            out.unsigned(step.job.retries());
        }
        writeLoop(out, step.loop);
        if (step.calledProcess >= 0) {
            out.unsigned(step.calledProcess);
        }
        writeTask(out, step.lastTask);
    }

    private static final int OFFER = 1;
    private static final int PROMISE = 2;
    private static final int PROPOSAL = 4;
    private static final int BLOCKER = 8;
    private static final int DECISION = 16;

    private static void writeTask(Encoder out, Step.@Nullable Task task) {
        if (task == null) {
            return;
        }
        out.string(task.holder());
        out.string(task.team());
        out.time(task.due());
        out.unsigned((task.offer() == null ? 0 : OFFER)
                | (task.promise() == null ? 0 : PROMISE)
                | (task.proposal() == null ? 0 : PROPOSAL)
                | (task.blocker() == null ? 0 : BLOCKER)
                | (task.decision() == null ? 0 : DECISION));
        if (task.offer() != null) {
            out.string(task.offer().from());
            out.string(task.offer().person());
            out.string(task.offer().team());
            out.time(task.offer().acceptBy());
        }
        if (task.promise() != null) {
            out.time(task.promise().at());
            out.unsigned(2L * task.promise().slips() + (task.promise().broken() ? 1 : 0));
        }
        if (task.proposal() != null) {
            out.time(task.proposal().due());
            out.string(task.proposal().reason());
        }
        if (task.blocker() != null) {
            out.constant(Obstacle.class, task.blocker().obstacle());
            out.string(task.blocker().reason());
            out.string(task.blocker().person());
        }
        if (task.decision() != null) {
            out.string(task.decision().by());
            out.time(task.decision().at());
            out.time(task.decision().effectiveAt());
            out.map(task.decision().variables());
        }
    }

    private static Step.Task readTask(Decoder in) {
        var task = Step.Task.queued(in.string(), in.string(), in.time());
        int parts = in.count();
        if ((parts & OFFER) != 0) {
            task = task.with(new Step.Offer(in.requiredString(), in.string(), in.string(), in.time()));
        }
        if ((parts & PROMISE) != 0) {
            var at = in.requiredTime();
            int slips = in.count();
            task = task.with(new Step.Promise(at, slips >> 1, (slips & 1) == 1));
        }
        if ((parts & PROPOSAL) != 0) {
            task = task.with(new Step.Proposal(in.requiredTime(), in.requiredString()));
        }
        if ((parts & BLOCKER) != 0) {
            task = task.with(new Step.Blocker(in.constant(Obstacle.class), in.requiredString(), in.requiredString()));
        }
        if ((parts & DECISION) != 0) {
            task = task.with(new Step.Decision(in.requiredString(), in.requiredTime(), in.requiredTime(), in.map()));
        }
        return task;
    }

    private static void writeLoop(Encoder out, Step.@Nullable Loop loop) {
        if (loop != null) {
            out.unsigned(loop.total);
            out.unsigned(loop.begun);
            out.unsigned(loop.done);
            out.value(loop.items);
            out.value(loop.outputs);
        }
    }

    static void readScope(Decoder in, Case state, Step step) {
        step.stage = in.constant(Step.Stage.class);
        int parts = in.count();
        if ((parts & VARIABLES) != 0) {
            step.variables.putAll(in.map());
        }
        if ((parts & ARRIVED) != 0) {
            for (int left = in.count(); left > 0; left--) {
                step.arrived.put(in.count(), in.count());
            }
        }
        if ((parts & TASK) != 0) {
            step.task = readTask(in);
        }
        if ((parts & JOB) != 0) {
            step.job = new Step.Job(in.requiredString(), in.count());
        }
        if ((parts & LOOP) != 0) {
            step.loop = readLoop(in);
        }
        if ((parts & CALL) != 0) {
            step.calledProcess = in.count();
            step.inner = state.model(step.calledProcess);
        }
        if ((parts & LAST_TASK) != 0) {
            step.lastTask = readTask(in);
        }
    }

    private static Step.Loop readLoop(Decoder in) {
        int total = in.count();
        int begun = in.count();
        int done = in.count();
        var items = in.value() instanceof List<?> list ? new ArrayList<@Nullable Object>(list) : null;
        var loop = new Step.Loop(total, items);
        loop.begun = begun;
        loop.done = done;
        if (in.value() instanceof List<?> outputs) {
            loop.outputs.addAll(outputs);
        }
        return loop;
    }
}
