package io.baton.server.api;

import io.baton.engine.CaseAct;
import io.baton.engine.Command;
import io.baton.engine.Obstacle;
import io.baton.engine.Said;
import io.baton.engine.Said.Need;
import io.baton.engine.TaskAct;
import io.baton.server.play.Act;
import io.baton.server.play.Plays;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is done in a play, in order. */
record PlayBody(@Nullable List<@Nullable ActBody> acts) {

    private static final int NAME_LENGTH_MAX = 255;
    private static final int RETRIES_MAX = 100;

    /** What can be done, besides {@link TaskAct} and {@link CaseAct}. */
    enum Kind {
        START,
        COMPLETE,
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
     * unless said. {@code at} is a promised, proposed or due date, the end of a pause, and when the case starts; {@code
     * person} whom something is offered to, who can remove an obstacle of that {@code obstacle}, or who answers for a pause. A wait has a {@code duration}, or an {@code
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
            var onTask = named(TaskAct.class);
            if (onTask != null) {
                var said = said(onTask.needs());
                return new Act.OnTask(step(), by, step -> onTask.command(step, said));
            }
            var onCase = named(CaseAct.class);
            if (onCase != null) {
                var said = said(onCase.needs());
                return new Act.OnCase(by, onCase.command(said));
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
                case COMPLETE -> {
                    var variables = input.variables(body.variables());
                    yield new Act.OnTask(step(), by, step -> new Command.CompleteTask(step, variables));
                }
                case COMPLETE_JOB, FAIL_JOB, THROW_ERROR -> new Act.OnJob(step(), job(kind));
                case RECEIVE -> new Act.Receive(step(), input.variables(body.variables()));
                case RETRY -> new Act.Retry(step(), by);
                case SET_VARIABLES -> new Act.SetVariables(by, input.variables(body.variables()));
                case WAIT -> waits();
            };
        }

        private <E extends Enum<E>> @Nullable E named(Class<E> acts) {
            return Stream.of(acts.getEnumConstants())
                    .filter(each -> each.name().equalsIgnoreCase(body.act()))
                    .findFirst()
                    .orElse(null);
        }

        private Said said(List<Need> needs) {
            var reason = needs.contains(Need.REASON) ? input.reason(path + "reason", body.reason()) : "";
            var at = needs.contains(Need.AT)
                    ? input.time(path + "at", body.at())
                    : input.optionalTime(path + "at", body.at());
            var person = needs.contains(Need.PERSON)
                    ? input.exact(path + "person", body.person(), NAME_LENGTH_MAX)
                    : input.optionalExact(path + "person", body.person(), NAME_LENGTH_MAX);
            var team = input.optionalExact(path + "team", body.team(), NAME_LENGTH_MAX);
            if (needs.contains(Need.PERSON_OR_TEAM) && (person == null) == (team == null)) {
                input.wrong(path + "person", "must be given, or else team: an offer goes to one of them");
            }
            var obstacle = needs.contains(Need.OBSTACLE)
                    ? input.oneOf(path + "obstacle", Obstacle.class, body.obstacle())
                    : null;
            return new Said(person, team, reason, at, obstacle, Boolean.TRUE.equals(body.agreed()));
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
