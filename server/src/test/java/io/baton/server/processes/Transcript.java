package io.baton.server.processes;

import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.engine.Command;
import io.baton.engine.Engine;
import io.baton.engine.Event;
import io.baton.engine.Incident;
import io.baton.engine.Outcome;
import io.baton.engine.Processes;
import io.baton.engine.Roster;
import io.baton.engine.RosterOver;
import io.baton.engine.Step;
import io.baton.engine.Values;
import io.baton.engine.Wait;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plays the commands of a transcript and writes it anew. Lines that begin with {@code >} are commands; what they cause
 * follows them. A line that begins with {@code #} begins a new case, at nine on Monday 7 January 2030.
 *
 * <p>{@code > complete check-order {"amount": 120} by bob}: steps, waits and incidents are named by their node
 * ({@code sign-off#2} is the second one open there); values are JSON; {@code by} names the person, {@code ann} unless said.
 */
public final class Transcript {

    private static final Instant BEGIN = Instant.parse("2030-01-07T09:00:00Z");
    private static final int NOT_THERE = 999;

    private static final Pattern COMMAND =
            Pattern.compile("> (?<verb>[a-z-]+)(?<words>(?: [^ {]+)*?)(?: (?<json>\\{.*\\}))?(?: by (?<by>[^ ]+))?");

    /** Everybody is there, and {@code vera@vendor.example} is {@code vera}. */
    private static final Roster PEOPLE = new Everybody();

    private final Processes processes;
    private final String key;
    private final StringBuilder text = new StringBuilder();
    private final Map<Integer, String> nodes = new HashMap<>();
    private Case state;
    private Instant now = BEGIN;

    private Transcript(Processes processes, String key) {
        this.processes = processes;
        this.key = key;
        this.state = new Case(processes);
    }

    public static String play(Processes processes, String key, String transcript) {
        var player = new Transcript(processes, key);
        transcript.lines().forEach(player::line);
        return player.text.toString();
    }

    private void line(String line) {
        if (line.startsWith("#")) {
            state = new Case(processes);
            now = BEGIN;
            nodes.clear();
            nodes.put(0, "case");
            text.append(text.isEmpty() ? "" : "\n").append(line).append("\n\n");
        } else if (line.startsWith("> ")) {
            text.append(line).append('\n');
            var command = COMMAND.matcher(line);
            if (!command.matches()) {
                throw new IllegalArgumentException("not a command: " + line);
            }
            carryOut(command);
        }
    }

    private void carryOut(Matcher command) {
        var words = command.group("words").strip().split(" ");
        if ("wait".equals(command.group("verb"))) {
            now = words[0].contains("T") ? now.plus(Duration.parse(words[0])) : now.plus(Period.parse(words[0]));
            return;
        }
        var by = command.group("by") == null ? "ann" : command.group("by");
        var actor = by.startsWith("~") ? Actor.system(by.substring(1)) : Actor.person(by);
        var given = command(String.valueOf(command.group("verb")), words, variables(command.group("json")));
        switch (Engine.decide(state, given, actor, now, PEOPLE)) {
            case Outcome.Accepted(var events) -> events.forEach(event -> write(told(event)));
            case Outcome.Refused(var reason, var message) -> write("! " + reason + ": " + message);
        }
        var _ = state.takeClosed();
    }

    private Command command(String verb, String[] words, SequencedMap<String, @Nullable Object> variables) {
        var target = words[0];
        return switch (verb) {
            case "start" ->
                new Command.StartCase(processes.newest(key), target.isEmpty() ? null : target, "olga", variables);
            case "claim" -> new Command.ClaimTask(task(target));
            case "complete" -> new Command.CompleteTask(task(target), variables);
            case "job" -> new Command.CompleteJob(job(target), variables);
            case "fail" -> new Command.FailJob(job(target), "the system is down", null);
            case "throw" -> new Command.ThrowError(job(target), words[1], null, variables);
            case "fire" -> new Command.FireTimer(wait(target));
            case "message" -> new Command.ReceiveMessage(wait(target), null, variables);
            case "resolve" ->
                new Command.ResolveIncident(named(state.incidents(), target, Incident::node, Incident::id));
            default -> throw new IllegalArgumentException("no command " + verb);
        };
    }

    private static SequencedMap<String, @Nullable Object> variables(@Nullable String json) {
        return json == null
                ? new LinkedHashMap<>()
                : Values.variables(JsonMapper.shared().readValue(json, LinkedHashMap.class));
    }

    private int task(String target) {
        return step(target, step -> step.task() != null);
    }

    private int job(String target) {
        return step(target, step -> step.job() != null);
    }

    private int step(String target, Predicate<Step> waiting) {
        var steps = state.steps().stream().filter(waiting).toList();
        return named(
                steps, target, step -> step.node() == null ? "" : step.node().id(), Step::id);
    }

    private int wait(String target) {
        return named(state.waits(), target, wait -> wait.node().id(), Wait::id);
    }

    private static <T> int named(
            Collection<T> open, String target, Function<T, String> node, Function<T, Integer> number) {
        var parts = target.split("#");
        return open.stream()
                .filter(one -> node.apply(one).equals(parts[0]))
                .skip(parts.length == 2 ? Integer.parseInt(parts[1]) - 1L : 0)
                .map(number)
                .findFirst()
                .orElse(NOT_THERE);
    }

    private void write(String line) {
        text.append("    ").append(line).append('\n');
    }

    /** {@code TaskOpened step=triage.4 team=support}; what is null is left out. */
    private String told(Event event) {
        if (event instanceof Event.StepEntered entered) {
            nodes.put(entered.step(), entered.node() + "." + entered.step());
        }
        var told = new StringBuilder(event.getClass().getSimpleName());
        for (var component : event.getClass().getRecordComponents()) {
            var value = value(event, component);
            if (value != null) {
                var isStep = component.getName().equals("step")
                        || component.getName().equals("scope");
                told.append(' ').append(component.getName()).append('=');
                told.append(isStep ? nodes.getOrDefault((Integer) value, value.toString()) : value);
            }
        }
        return told.toString();
    }

    private static @Nullable Object value(Event event, RecordComponent component) {
        try {
            return component.getAccessor().invoke(event);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static final class Everybody extends RosterOver {

        Everybody() {
            super(NOBODY);
        }

        @Override
        public String personAt(String email) {
            return email.substring(0, email.indexOf('@'));
        }
    }
}
