package io.baton.server.guest;

import io.baton.engine.Event;
import io.baton.engine.Step;
import io.baton.engine.model.FlowNode;
import io.baton.server.cases.CaseRow;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.guest.Pages.Reader;
import io.baton.server.guest.Views.Fact;
import io.baton.server.guest.Views.Stage;
import io.baton.server.guest.Views.Standing;
import io.baton.server.guest.Views.State;
import io.baton.server.journal.Entry;
import io.baton.server.journal.Journal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where a case stands, as one contact may know it: in a sentence, step by step, and by what is shared with them. */
final class Standings {

    private final Directory directory;
    private final Journal journal;

    Standings(Directory directory, Journal journal) {
        this.directory = directory;
        this.journal = journal;
    }

    Standing of(Reader reader, GuestCase seen) {
        var row = seen.row();
        var owner = directory.find(row.owner());
        var stages = stages(reader, seen);
        return new Standing(
                seen.key(),
                seen.model().name() == null ? seen.model().key() : seen.model().name(),
                seen.title(),
                sentence(reader, seen, stages),
                stages,
                facts(seen),
                owner.map(Person::name).orElse(directory.brand().name()),
                owner.map(Person::email).orElse(null),
                reader.path(row.id(), 0) + "/receipt");
    }

    private String sentence(Reader reader, GuestCase seen, List<Stage> stages) {
        var words = reader.words();
        return switch (seen.row().status()) {
            case COMPLETED -> words.say("guest.stands.completed");
            case CANCELLED -> words.say("guest.stands.cancelled");
            case NEW, OPEN -> {
                var waiting = seen.tasks().stream()
                        .filter(step -> reader.link().covers(seen.row().id(), step.id()))
                        .toList();
                if (waiting.stream().anyMatch(step -> !isDecided(step))) {
                    yield words.say("guest.stands.with-you");
                }
                if (!waiting.isEmpty()) {
                    yield words.say("guest.stands.decided");
                }
                if (!seen.tasks().isEmpty()) {
                    yield words.say("guest.stands.elsewhere");
                }
                yield stages.stream()
                        .filter(stage -> stage.state() == State.NOW)
                        .findFirst()
                        .map(stage -> words.say("guest.stands.at", stage.name()))
                        .orElseGet(() -> words.say(
                                "guest.stands.with-us", directory.brand().name()));
            }
        };
    }

    /** Answered, and about to take effect unless it is taken back. */
    private static boolean isDecided(Step step) {
        return step.task() != null && step.task().decision() != null;
    }

    private List<Stage> stages(Reader reader, GuestCase seen) {
        var words = reader.words();
        var left = left(seen);
        var stages = new ArrayList<Stage>();
        for (var node : seen.sharedSteps()) {
            var now = seen.state().steps().stream().anyMatch(step -> node.equals(step.node()));
            var at = left.get(node.id());
            var state = now ? State.NOW : at != null ? State.DONE : isOver(seen.row()) ? State.LEFT_OUT : State.NEXT;
            var detail = state == State.DONE && at != null ? words.date(at, reader.zone()) : "";
            stages.add(new Stage(node.element().label(), state, detail));
        }
        return stages;
    }

    private static boolean isOver(CaseRow row) {
        return row.endedAt() != null;
    }

    /** When each node was last done, of those that the process shares. */
    private Map<String, Instant> left(GuestCase seen) {
        var entered = new LinkedHashMap<Integer, String>();
        var left = new LinkedHashMap<String, Instant>();
        var names = seen.sharedSteps().stream().map(FlowNode::id).toList();
        for (Entry entry : journal.all(seen.row().id())) {
            for (var event : entry.events()) {
                if (event instanceof Event.StepEntered each) {
                    entered.put(each.step(), each.node());
                } else if (event instanceof Event.StepPassed each) {
                    left.put(each.node(), entry.at());
                } else if (event instanceof Event.StepLeft each) {
                    var node = entered.get(each.step());
                    if (node != null) {
                        left.put(node, entry.at());
                    }
                }
            }
        }
        left.keySet().retainAll(names);
        return left;
    }

    /** What is shared and fits a line. */
    private static List<Fact> facts(GuestCase seen) {
        var facts = new ArrayList<Fact>();
        seen.shared().forEach((name, value) -> {
            var text = Prose.plain(value);
            if (!text.isBlank() && text.length() <= 500) {
                facts.add(new Fact(called(name), text));
            }
        });
        return facts;
    }

    /** {@code invoiceNumber} → {@code Invoice number}. */
    static String called(String variable) {
        var spaced = variable.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                .replace('_', ' ')
                .strip();
        var lower = spaced.toLowerCase(Locale.ROOT);
        return lower.isEmpty() ? variable : Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
    }
}
