package io.baton.server.guest;

import io.baton.engine.Slip;
import io.baton.engine.Step;
import io.baton.engine.model.Outside;
import io.baton.server.guest.Pages.Reader;
import io.baton.server.guest.Pages.Sent;
import io.baton.server.guest.Views.Choice;
import io.baton.server.guest.Views.Input;
import io.baton.server.guest.Views.Other;
import io.baton.server.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What can be done with a task besides answering it, each with the few fields that it needs. */
final class OtherActs {

    private OtherActs() {}

    static List<Other> at(Reader reader, GuestCase seen, Step step, Sent sent) {
        var task = Objects.requireNonNull(step.task());
        var asked = task.offer() != null;
        var others = new ArrayList<Other>();
        if (task.decision() == null && seen.node(step).slots() != null) {
            others.add(other(
                    reader, sent, SentAct.OTHER_TIME, field("moment", "date-time"), field("reason", "long-text")));
        }
        others.add(other(reader, sent, SentAct.ASK, field("reason", "long-text")));
        if (task.decision() != null) {
            return others;
        }
        var slip = seen.slip(step);
        if (GuestCase.isStuck(step, reader.person().id()) || (slip != null && slip.kind() == Slip.Kind.PROMISED)) {
            others.add(other(reader, sent, SentAct.TAKE_BACK));
        }
        others.add(other(reader, sent, SentAct.PROMISE, field("date", "date")));
        if (task.due() != null) {
            others.add(other(reader, sent, SentAct.PROPOSE, field("date", "date"), field("reason", "long-text")));
        }
        others.add(other(reader, sent, SentAct.STUCK, field("kind", "radio"), field("reason", "long-text")));
        if (seen.passOn(step) != Outside.PassOn.NOBODY) {
            others.add(other(
                    reader,
                    sent,
                    SentAct.PASS_ON,
                    field("email", "email"),
                    field("name", "text"),
                    field("reason", "long-text")));
        }
        if (seen.hasGiver(step)) {
            others.add(other(reader, sent, SentAct.SEND_BACK, field("reason", "long-text")));
        }
        if (asked) {
            others.add(other(reader, sent, SentAct.DECLINE, field("reason", "long-text")));
        }
        return others;
    }

    record Sketch(String name, String control) {}

    static Sketch field(String name, String control) {
        return new Sketch(name, control);
    }

    static Other other(Reader reader, Sent sent, String act, Sketch... fields) {
        var words = reader.words();
        var mine = SentAct.word(sent.fields()).equals(act);
        var inputs = new ArrayList<Input>();
        for (var field : fields) {
            var texts = mine ? sent.fields().getOrDefault(field.name(), List.of()) : List.<String>of();
            var problem = mine ? sent.problems().get(field.name()) : null;
            inputs.add(new Input(
                    field.name(),
                    act + "-" + field.name(),
                    field.control(),
                    words.say("guest." + act + "." + field.name()),
                    null,
                    !field.name().equals("name"),
                    false,
                    texts.isEmpty() ? "" : texts.getFirst(),
                    field.control().equals("radio") ? obstacles(words, texts) : List.of(),
                    problem == null
                            ? null
                            : words.say("guest.wrong." + problem.why().name(), String.valueOf(problem.limit())),
                    null));
        }
        return new Other(
                act,
                words.say("guest." + act + ".title"),
                words.say("guest." + act + ".hint"),
                inputs,
                words.say("guest.button.continue"));
    }

    private static List<Choice> obstacles(Words words, List<String> chosen) {
        return List.of("QUESTION", "MISSING_INPUT", "DECISION", "OTHER").stream()
                .map(kind -> new Choice(words.say("guest.stuck." + kind), kind, chosen.contains(kind), List.of()))
                .toList();
    }
}
