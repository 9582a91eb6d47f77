package io.baton.server.play;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.Incident;
import io.baton.engine.Outcome;
import io.baton.engine.Roster;
import io.baton.engine.Step;
import io.baton.engine.Wait;
import io.baton.engine.model.FlowNode.Element;
import io.baton.server.processes.Draft;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Plays a draft: carries out a list of acts from the beginning, as far as they go. An act that is refused ends the play
 * before it.
 */
public final class Plays {

    public static final int ACTS_MAX = 500;

    /** How far from today a play may begin, and how far from its beginning it may go. */
    public static final Duration SPAN_MAX = Duration.ofDays(3_660);

    /** The act that was not done, by its place in the list, and why; {@code node} is what it is about. */
    public record Stopped(int act, @Nullable String node, String code, String reason) {}

    /** {@code play} is null before the first act. */
    public record Played(
            @Nullable Play play, int done, @Nullable Stopped stopped, String transcript) {}

    private final Draft draft;
    private final Roster roster;
    private final Instant today;
    private final Transcript transcript = new Transcript();
    private @Nullable Play play;
    private Instant latest = Instant.MAX;

    private Plays(Draft draft, Roster roster, Instant today) {
        this.draft = draft;
        this.roster = roster;
        this.today = today;
    }

    public static Played play(Draft draft, Roster roster, Instant today, List<Act> acts) {
        var plays = new Plays(draft, roster, today);
        int done = 0;
        Stopped stopped = null;
        try {
            for (var act : acts) {
                plays.carryOut(act);
                done++;
            }
        } catch (Refused refused) {
            stopped = new Stopped(done, refused.node, refused.code, String.valueOf(refused.getMessage()));
        } catch (Exhausted exhausted) {
            stopped = new Stopped(done, null, "TooLong", "The play ends here: " + exhausted.getMessage());
        }
        return new Played(plays.play, done, stopped, plays.transcript.text());
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final @Nullable String node;
        private final String code;

        Refused(@Nullable String node, String code, String message) {
            super(message, null, false, false);
            this.node = node;
            this.code = code;
        }
    }

    private void carryOut(Act act) {
        switch (act) {
            case Act.Start start -> start(start);
            case Act.OnTask(var name, var by, var command) -> {
                var step = step(name, "task", open -> open.task() != null);
                mayTake(step, name, by);
                give(command.apply(step.id()), name, Actor.person(by));
            }
            case Act.OnCase(var by, var command) -> give(command, "", Actor.person(by));
            case Act.OnJob(var name, var command) -> {
                var step = step(name, "job", open -> open.job() != null);
                var job = step.job();
                give(command.apply(step.id()), name, Actor.system("worker:" + (job == null ? "" : job.type())));
            }
            case Act.Receive(var name, var variables) -> {
                var waits = play().state().waits().stream()
                        .filter(Wait.Message.class::isInstance)
                        .toList();
                var wait = named(
                        waits, name, "awaited message", each -> each.node().id());
                give(new Command.ReceiveMessage(wait.id(), null, variables), name, Actor.MESSAGE);
            }
            case Act.Retry(var name, var by) -> {
                var incident = named(play().state().incidents(), name, "incident", Incident::node);
                give(new Command.ResolveIncident(incident.id()), name, Actor.person(by));
            }
            case Act.SetVariables(var by, var variables) ->
                give(new Command.SetVariables(0, variables), "", Actor.person(by));
            case Act.Wait wait -> wait(wait);
        }
    }

    private void start(Act.Start start) {
        if (play != null) {
            throw new Refused(null, "CaseAlreadyStarted", "The case has started already");
        }
        if (Duration.between(today, start.at()).abs().compareTo(SPAN_MAX) > 0) {
            throw new Refused(null, "TooFar", "A play begins at most " + SPAN_MAX.toDays() + " days from today");
        }
        latest = start.at().plus(SPAN_MAX);
        var begun = Play.begin(draft, roster, start.at());
        var command = new Command.StartCase(process(start), start.event(), start.by(), start.variables());
        transcript.begin(begun.now());
        play = begun;
        try {
            give(command, start.event() == null ? "" : start.event(), Actor.person(start.by()));
        } catch (Refused refused) {
            play = null;
            throw refused;
        }
    }

    private int process(Act.Start start) {
        for (var id : draft.ids()) {
            var model = draft.requireModel(id);
            var wanted = start.process() == null || start.process().equals(model.key());
            if (wanted && begins(id, start.event())) {
                return id;
            }
        }
        throw new Refused(
                start.event(),
                "NoSuchStart",
                start.event() == null
                        ? "The process has no plain start event: it is started by a message or a timer"
                        : "The process has no start event '" + start.event() + "' any more");
    }

    private boolean begins(int process, @Nullable String event) {
        var model = draft.requireModel(process);
        return event == null
                ? model.plainStart() != null
                : model.startEvents(Element.PROCESS).stream()
                        .anyMatch(each -> each.id().equals(event));
    }

    private void wait(Act.Wait wait) {
        var now = play().now();
        Instant until;
        try {
            until = wait.until() != null
                    ? wait.until()
                    : wait.duration() != null
                            ? now.plus(wait.duration())
                            : play().next()
                                    .map(Play.Due::at)
                                    .orElseThrow(() -> new Refused(
                                            null, "NothingToWaitFor", "Nothing will happen by itself any more"));
        } catch (DateTimeException | ArithmeticException _) {
            until = Instant.MAX;
        }
        if (until.isBefore(now)) {
            throw new Refused(null, "InThePast", "It is later than that already");
        }
        if (until.isAfter(latest)) {
            throw new Refused(null, "TooFar", "A play goes on for at most " + SPAN_MAX.toDays() + " days");
        }
        play().waitUntil(until);
        transcript.happened(play().journal());
    }

    /** As over the API: what lies in a team's queue is for its members. */
    private void mayTake(Step step, String name, String by) {
        var task = step.task();
        if (task == null || task.holder() != null || task.offer() != null || task.team() == null) {
            return;
        }
        var team = roster.team(task.team());
        if (roster.isComplete() && (team == null || !team.members().contains(by))) {
            throw new Refused(
                    node(name), "NotInTheTeam", "The task waits for a member of the team '" + task.team() + "'");
        }
    }

    private void give(Command command, String target, Actor actor) {
        if (play().give(command, actor) instanceof Outcome.Refused(var reason, var message)) {
            throw new Refused(node(target), camelCase(reason.name()), sentence(message));
        }
        // What is due already happens before anybody does anything else, as on the server.
        play().waitUntil(play().now());
        transcript.given(command, target, actor, play().journal());
    }

    private Play play() {
        if (play == null) {
            throw new Refused(null, "NoSuchCase", "The case has not started: the first act starts it");
        }
        return play;
    }

    private Step step(String name, String what, Predicate<Step> waits) {
        var steps = play().state().steps().stream().filter(waits).toList();
        return named(
                steps,
                name,
                what,
                step -> step.node() == null ? "" : step.node().id());
    }

    private <T> T named(Collection<T> open, String name, String what, Function<T, String> nodeOf) {
        var node = node(name);
        return open.stream()
                .filter(one -> nodeOf.apply(one).equals(node))
                .skip(place(name))
                .findFirst()
                .orElseThrow(
                        () -> new Refused(node, "NotThere", "There is no open " + what + " at '" + label(node) + "'"));
    }

    private String label(String node) {
        for (var id : draft.ids()) {
            var model = draft.requireModel(id);
            if (model.has(node)) {
                return model.node(node).element().label();
            }
        }
        return node;
    }

    private static String node(String name) {
        var mark = name.lastIndexOf('#');
        return mark < 0 ? name : name.substring(0, mark);
    }

    /** How many others are before it. */
    private static long place(String name) {
        var number = name.substring(name.lastIndexOf('#') + 1);
        return name.contains("#") && number.matches("[1-9]\\d{0,3}") ? Long.parseLong(number) - 1 : 0;
    }

    private static String sentence(String message) {
        return message.isEmpty() ? message : Character.toUpperCase(message.charAt(0)) + message.substring(1);
    }

    private static String camelCase(String constant) {
        var code = new StringBuilder();
        for (var word : constant.split("_")) {
            code.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return code.toString();
    }
}
