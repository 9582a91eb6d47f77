package io.baton.engine;

import io.baton.engine.Outcome.Accepted;
import io.baton.engine.Outcome.Refused;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Plays a script of commands and returns the transcript: each command followed by the events it caused, or by the
 * refusal. The transcript is the assertion. Commands above a line {@code --} are played but not written down.
 *
 * <p>{@code complete review x=1 by ann}: steps, waits and incidents are named by their node ({@code review#2} is the
 * second one open there) or by number; {@code by} names the person, {@code ann} unless said. Values are numbers, words,
 * {@code true}, {@code false}, {@code null} or lists like {@code [1,2]}.
 */
final class Scenario {

    private static final int NOT_THERE = 999;

    private final Play play;
    private final StringBuilder transcript = new StringBuilder();

    private Scenario(Models models) {
        this.play = new Play(models);
    }

    static String play(String model, String script) {
        return play(model, script, Roster.NOBODY);
    }

    static String play(String model, String script, Roster roster) {
        var scenario = new Scenario(Models.of(model));
        scenario.play.roster = roster;
        for (var line : script.lines().filter(line -> !line.isBlank()).toList()) {
            if (line.strip().equals("--")) {
                scenario.transcript.setLength(0);
            } else {
                scenario.line(line.strip());
            }
        }
        return scenario.transcript.toString();
    }

    private void line(String line) {
        transcript.append("> ").append(line).append('\n');
        var by = line.split(" by ", 2);
        var words = List.of(by[0].split(" "));
        if (words.getFirst().equals("wait")) {
            play.passes(Duration.parse(words.get(1)));
            return;
        }
        if (words.getFirst().equals("skills") && play.roster instanceof Office office) {
            office.skilled(words.get(1), words.subList(2, words.size()).toArray(String[]::new));
            return;
        }
        if (words.getFirst().equals("leaves") && play.roster instanceof Office office) {
            office.leaves(words.get(1));
            return;
        }
        var actor = by.length == 2 ? by[1] : "ann";
        switch (play.send(
                command(words), actor.startsWith("~") ? Actor.system(actor.substring(1)) : Actor.person(actor))) {
            case Accepted(var events) -> events.forEach(event -> write(text(event)));
            case Refused(var reason, var message) -> write("! " + reason + ": " + message);
        }
    }

    private void write(String text) {
        transcript.append("    ").append(text).append('\n');
    }

    private Command command(List<String> words) {
        var state = play.state;
        var target = words.size() > 1 ? words.get(1) : "";
        return switch (words.getFirst()) {
            case "start" -> new Command.StartCase(1, null, "olga", variables(words, 1));
            case "start-at" -> new Command.StartCase(1, target, "olga", variables(words, 2));
            case "start-version" -> new Command.StartCase(Integer.parseInt(target), null, "olga", variables(words, 2));
            case "claim" -> new Command.ClaimTask(step(target));
            case "release" -> new Command.ReleaseTask(step(target));
            case "complete" -> new Command.CompleteTask(step(target), variables(words, 2));
            case "job" -> new Command.CompleteJob(step(target), variables(words, 2));
            case "fail" -> new Command.FailJob(step(target), words.get(2), retries(words));
            case "throw" -> new Command.ThrowError(step(target), words.get(2), null, variables(words, 3));
            case "fire" ->
                new Command.FireTimer(find(
                        state.waits(), target, Wait::id, wait -> wait.node().id()));
            case "message" ->
                new Command.ReceiveMessage(
                        find(
                                state.waits(),
                                target,
                                Wait::id,
                                wait -> wait.node().id()),
                        null,
                        variables(words, 2));
            case "resolve" ->
                new Command.ResolveIncident(find(state.incidents(), target, Incident::id, Incident::node));
            case "set" -> new Command.SetVariables(step(target), variables(words, 2));
            case "cancel" -> new Command.CancelCase(target);
            case "slip" -> new Command.TakeBackAct(step(target));
            case "take-back" -> new Command.TakeBackDecision(step(target));
            case "offer" ->
                new Command.OfferTask(
                        step(target),
                        words.get(2).startsWith("@") ? null : words.get(2),
                        words.get(2).startsWith("@") ? words.get(2).substring(1) : null,
                        "because");
            case "decline" -> new Command.DeclineTask(step(target), words.get(2));
            case "withdraw" -> new Command.WithdrawOffer(step(target));
            case "send-back" -> new Command.SendBack(step(target), words.get(2));
            case "waive" -> new Command.WaiveTask(step(target), words.get(2));
            case "promise" -> new Command.PromiseDate(step(target), play.now.plus(Duration.parse(words.get(2))));
            case "propose" ->
                new Command.ProposeDate(step(target), play.now.plus(Duration.parse(words.get(2))), words.get(3));
            case "answer" ->
                new Command.AnswerProposal(step(target), words.get(2).equals("yes"));
            case "stuck" ->
                new Command.ReportStuck(
                        step(target),
                        Obstacle.valueOf(words.get(2)),
                        words.get(3),
                        words.size() > 4 ? words.get(4) : null);
            case "unstuck" -> new Command.RemoveObstacle(step(target));
            case "hand-over" -> new Command.OfferOwnership(target, words.get(2));
            case "accept-case" -> new Command.AcceptOwnership();
            case "decline-case" -> new Command.DeclineOwnership(target);
            case "pause" ->
                new Command.PauseCase(
                        play.now.plus(Duration.parse(target)), words.get(2), words.size() > 3 ? words.get(3) : null);
            case "resume-case" -> new Command.ResumeCase();
            case "due" ->
                new Command.ChangeDue(caseOr(target), play.now.plus(Duration.parse(words.get(2))), words.get(3));
            case "replace" -> new Command.ReplacePerson(target);
            case "strike" -> new Command.FireTimer(target.equals("case") ? 0 : -step(target));
            case "bounce" -> new Command.ReportUndelivered(caseOr(target), words.get(2), words.get(3));
            case "reach" -> new Command.ReportDelivered(caseOr(target), words.get(2));
            case "say", "ask" ->
                new Command.PostComment(
                        caseOr(target),
                        "c" + state.lastId,
                        "digest",
                        words.stream().skip(2).toList(),
                        words.getFirst().equals("ask"));
            case "attach" ->
                new Command.AttachFile(
                        caseOr(target), words.get(2), "digest", "application/pdf", 9, words.subList(3, words.size()));
            case "open" -> new Command.OpenFile(caseOr(target), words.get(2));
            case "sign" -> new Command.SignFile(caseOr(target), words.get(2), "digest", "evidence", "sealed");
            case "book" ->
                new Command.BookSlot(
                        caseOr(target), play.now.plus(Duration.parse(words.get(2))), seat(words), Run.variables());
            case "give-up" -> new Command.ReleaseSlot(caseOr(target), words.get(2));
            case "unsay" -> new Command.EraseComment(target);
            case "facts" -> new Command.ReportFacts(target, variables(words, 2));
            case "decide" -> new Command.DecideConflict(Integer.parseInt(target), value(words.get(2)));
            case "deviate" -> new Command.ObserveDeviation(target, words.get(2));
            default -> throw new IllegalArgumentException("no command " + words);
        };
    }

    private static int seat(List<String> words) {
        return words.size() > 3 ? Integer.parseInt(words.get(3).replace("seat=", "")) : 0;
    }

    private int caseOr(String target) {
        return target.equals("case") ? 0 : step(target);
    }

    private int step(String target) {
        return find(
                play.state.steps(), target, Step::id, step -> step.requireNode().id());
    }

    private static <T> int find(
            Collection<T> open, String target, ToIntFunction<T> number, java.util.function.Function<T, String> node) {
        if (target.matches("\\d+")) {
            return Integer.parseInt(target);
        }
        var parts = target.split("#");
        return open.stream()
                .filter(one -> node.apply(one).equals(parts[0]))
                .skip(parts.length == 2 ? Integer.parseInt(parts[1]) - 1L : 0)
                .mapToInt(number)
                .findFirst()
                .orElse(NOT_THERE);
    }

    private static @Nullable Integer retries(List<String> words) {
        return words.size() > 3 ? Integer.valueOf(words.get(3).replace("retries=", "")) : null;
    }

    private static SequencedMap<String, @Nullable Object> variables(List<String> words, int from) {
        var variables = new LinkedHashMap<String, @Nullable Object>();
        for (var word : words.subList(from, words.size())) {
            var parts = word.split("=", 2);
            variables.put(parts[0], value(parts[1]));
        }
        return variables;
    }

    private static @Nullable Object value(String text) {
        if (text.startsWith("[")) {
            var inside = text.substring(1, text.length() - 1);
            return inside.isEmpty()
                    ? List.of()
                    : Arrays.stream(inside.split(",")).map(Scenario::value).toList();
        }
        return switch (text) {
            case "null" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> text.matches("-?\\d+(\\.\\d+)?") ? new BigDecimal(text) : text;
        };
    }

    /** {@code StepEntered step=3 node=review scope=0}; what is null is left out. */
    private static String text(Event event) {
        var text = new StringBuilder(event.getClass().getSimpleName());
        for (var component : event.getClass().getRecordComponents()) {
            try {
                var value = component.getAccessor().invoke(event);
                if (value != null) {
                    text.append(' ').append(component.getName()).append('=').append(value);
                }
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(e.getMessage(), e);
            }
        }
        return text.toString();
    }
}
