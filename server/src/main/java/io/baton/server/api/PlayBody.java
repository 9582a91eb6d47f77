package io.baton.server.api;

import io.baton.engine.Command;
import io.baton.engine.Obstacle;
import io.baton.server.play.Act;
import io.baton.server.play.Plays;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What is done in a play, in order. */
record PlayBody(@Nullable List<@Nullable ActBody> acts) {

    private static final int NAME_LENGTH_MAX = 255;
    private static final int RETRIES_MAX = 100;

    /** What can be done, besides what a task's own acts are called in the API. */
    enum Kind {
        START,
        COMPLETE,
        ACCEPT,
        PUT_BACK,
        DECLINE,
        WITHDRAW,
        OFFER,
        SEND_BACK,
        PROMISE,
        PROPOSE,
        ANSWER_PROPOSAL,
        REPORT_STUCK,
        REMOVE_OBSTACLE,
        CHANGE_DUE,
        WAIVE,
        TAKE_BACK,
        TAKE_BACK_ACT,
        COMPLETE_JOB,
        FAIL_JOB,
        THROW_ERROR,
        RECEIVE,
        RETRY,
        SET_VARIABLES,
        WAIT
    }

    /**
     * {@code step} names a task, a job, an event or an incident as the answer named it; {@code by} is who acts, the caller
     * unless said. {@code at} is a promised, proposed or due date, and when the case starts; {@code person} whom something
     * is offered to or who can remove an obstacle of that {@code obstacle}. A wait has a {@code duration}, or an {@code
     * until}, or goes on to the next thing that happens.
     */
    record ActBody(
            @Nullable String act,
            @Nullable String step,
            @Nullable String by,
            @Nullable Map<String, @Nullable Object> variables,
            @Nullable String process,
            @Nullable Instant at,
            @Nullable Instant until,
            @Nullable String duration,
            @Nullable String reason,
            @Nullable String person,
            @Nullable String team,
            @Nullable String obstacle,
            @Nullable Boolean agreed,
            @Nullable String code,
            @Nullable Integer retries) {}

    List<Act> read(String caller, Instant today) {
        var input = new Input();
        var given = acts == null ? List.<@Nullable ActBody>of() : acts;
        if (given.size() > Plays.ACTS_MAX) {
            input.wrong("acts", "must be at most " + Plays.ACTS_MAX);
            input.done();
        }
        var read = new ArrayList<Act>();
        for (int i = 0; i < given.size(); i++) {
            var each = given.get(i);
            if (each == null) {
                input.wrong("acts[" + i + "]", "is required");
            } else {
                read.add(new Reader(input, "acts[" + i + "].", each).act(caller, today));
            }
        }
        input.done();
        return read;
    }

    /** One act. What is missing is noted in the input, and what was read then may not be used. */
    private record Reader(Input input, String path, ActBody body) {

        Act act(String caller, Instant today) {
            var by = orElse(input.optionalExact(path + "by", body.by(), NAME_LENGTH_MAX), caller);
            if (by.startsWith("~")) {
                input.wrong(path + "by", "must be a person's id");
                return new Act.Wait(null, null);
            }
            var kind = input.oneOf(path + "act", Kind.class, body.act());
            return switch (kind) {
                case START ->
                    new Act.Start(
                            input.optionalExact(path + "process", body.process(), NAME_LENGTH_MAX),
                            input.optionalExact(path + "step", body.step(), NAME_LENGTH_MAX),
                            by,
                            body.at() == null ? today : input.time(path + "at", body.at()),
                            input.variables(body.variables()));
                case COMPLETE_JOB, FAIL_JOB, THROW_ERROR -> new Act.OnJob(step(), job(kind));
                case RECEIVE -> new Act.Receive(step(), input.variables(body.variables()));
                case RETRY -> new Act.Retry(step(), by);
                case SET_VARIABLES -> new Act.SetVariables(by, input.variables(body.variables()));
                case WAIT -> waits();
                default -> new Act.OnTask(step(), by, task(kind));
            };
        }

        private IntFunction<Command> task(Kind kind) {
            return switch (kind) {
                case COMPLETE -> {
                    var variables = input.variables(body.variables());
                    yield step -> new Command.CompleteTask(step, variables);
                }
                case ACCEPT -> Command.ClaimTask::new;
                case PUT_BACK -> Command.ReleaseTask::new;
                case WITHDRAW -> Command.WithdrawOffer::new;
                case REMOVE_OBSTACLE -> Command.RemoveObstacle::new;
                case TAKE_BACK -> Command.TakeBackDecision::new;
                case TAKE_BACK_ACT -> Command.TakeBackAct::new;
                case OFFER -> offer();
                case PROMISE -> {
                    var at = input.time(path + "at", body.at());
                    yield step -> new Command.PromiseDate(step, at);
                }
                case ANSWER_PROPOSAL -> {
                    var agreed = Boolean.TRUE.equals(body.agreed());
                    yield step -> new Command.AnswerProposal(step, agreed);
                }
                default -> withReason(kind, input.reason(path + "reason", body.reason()));
            };
        }

        private IntFunction<Command> withReason(Kind kind, String reason) {
            return switch (kind) {
                case DECLINE -> step -> new Command.DeclineTask(step, reason);
                case SEND_BACK -> step -> new Command.SendBack(step, reason);
                case WAIVE -> step -> new Command.WaiveTask(step, reason);
                case PROPOSE -> {
                    var due = input.time(path + "at", body.at());
                    yield step -> new Command.ProposeDate(step, due, reason);
                }
                case CHANGE_DUE -> {
                    var due = input.optionalTime(path + "at", body.at());
                    yield step -> new Command.ChangeDue(step, due, reason);
                }
                case REPORT_STUCK -> {
                    var obstacle = input.oneOf(path + "obstacle", Obstacle.class, body.obstacle());
                    var blocker = input.optionalExact(path + "person", body.person(), NAME_LENGTH_MAX);
                    yield step -> new Command.ReportStuck(step, obstacle, reason, blocker);
                }
                default -> throw new IllegalStateException("not an act on a task: " + kind);
            };
        }

        private IntFunction<Command> offer() {
            var person = input.optionalExact(path + "person", body.person(), NAME_LENGTH_MAX);
            var team = input.optionalExact(path + "team", body.team(), NAME_LENGTH_MAX);
            if ((person == null) == (team == null)) {
                input.wrong(path + "person", "must be given, or else team: an offer goes to one of them");
            }
            var reason = input.reason(path + "reason", body.reason());
            return step -> new Command.OfferTask(step, person, team, reason);
        }

        private IntFunction<Command> job(Kind kind) {
            var variables = input.variables(body.variables());
            if (kind == Kind.COMPLETE_JOB) {
                return step -> new Command.CompleteJob(step, variables);
            }
            if (kind == Kind.FAIL_JOB) {
                var retries = body.retries();
                if (retries != null) {
                    var _ = input.number(path + "retries", retries, 0, RETRIES_MAX);
                }
                var reason = input.reason(path + "reason", body.reason());
                return step -> new Command.FailJob(step, reason, retries);
            }
            var code = input.exact(path + "code", body.code(), NAME_LENGTH_MAX);
            var reason = input.optionalExact(path + "reason", body.reason(), NAME_LENGTH_MAX);
            return step -> new Command.ThrowError(step, code, reason, variables);
        }

        private Act waits() {
            var text = input.optionalExact(path + "duration", body.duration(), NAME_LENGTH_MAX);
            try {
                var duration = text == null ? null : Duration.parse(text);
                if (duration != null && duration.isNegative()) {
                    input.wrong(path + "duration", "must not be negative");
                }
                return new Act.Wait(duration, input.optionalTime(path + "until", body.until()));
            } catch (DateTimeException _) {
                input.wrong(path + "duration", "must be a duration like PT1H or P1D");
                return new Act.Wait(null, null);
            }
        }

        private String step() {
            return input.exact(path + "step", body.step(), NAME_LENGTH_MAX);
        }

        private static String orElse(@Nullable String given, String otherwise) {
            return given == null ? otherwise : given;
        }
    }
}
