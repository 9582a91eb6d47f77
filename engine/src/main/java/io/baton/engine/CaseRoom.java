package io.baton.engine;

import io.baton.engine.Outcome.Refused;
import io.baton.engine.model.FlowNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is said and kept about a case. It changes nothing of the work, so it is possible after the end too. */
final class CaseRoom {

    private CaseRoom() {}

    /** About the case (0) or any step so far: one that has closed meanwhile can still be talked about. */
    static Outcome post(Case state, Command.PostComment command, Actor actor, Instant now) {
        var refused = isNoPlace(state, command.step());
        if (refused != null) {
            return refused;
        }
        var run = new Run(state, now);
        run.emit(new Event.CommentPosted(
                command.step(),
                command.comment(),
                actor.id(),
                command.digest(),
                command.audience(),
                command.question() ? whomToAsk(state, command.step(), actor) : null));
        return run.accepted();
    }

    /**
     * Whoever has the step; nobody asks themselves, so of who has it, the owner. About the case or a step that is over, its
     * owner. Of an ended case neither is known any more.
     */
    private static @Nullable String whomToAsk(Case state, int number, Actor actor) {
        if (state.status != Case.Status.OPEN) {
            return null;
        }
        var step = number == 0 ? null : state.step(number);
        var holder = step == null ? state.owner() : state.holder(step);
        return holder.equals(actor.id()) ? state.owner() : holder;
    }

    static Outcome erase(Case state, Command.EraseComment command, Actor actor, Instant now) {
        var refused = isNoPlace(state, 0);
        if (refused != null) {
            return refused;
        }
        var run = new Run(state, now);
        run.emit(new Event.CommentErased(command.comment(), actor.id()));
        return run.accepted();
    }

    static Outcome attach(Case state, Command.AttachFile command, Actor actor, Instant now) {
        var refused = isNoPlace(state, command.step());
        if (refused != null) {
            return refused;
        }
        var run = new Run(state, now);
        run.emit(new Event.FileAttached(
                command.step(),
                command.file(),
                actor.id(),
                command.digest(),
                command.type(),
                command.size(),
                command.audience()));
        return run.accepted();
    }

    static Outcome erase(Case state, Command.EraseFile command, Actor actor, Instant now) {
        var refused = isNoPlace(state, 0);
        if (refused != null) {
            return refused;
        }
        var run = new Run(state, now);
        run.emit(new Event.FileErased(command.file(), actor.id()));
        return run.accepted();
    }

    static Outcome open(Case state, Command.OpenFile command, Actor actor, Instant now) {
        var refused = isNoPlace(state, command.step());
        if (refused != null) {
            return refused;
        }
        var run = new Run(state, now);
        var step = state.step(command.step());
        if (step != null && step.opened.contains(command.file() + " " + actor.id())) {
            return run.accepted();
        }
        run.emit(new Event.FileOpened(command.step(), command.file(), actor.id()));
        return run.accepted();
    }

    /** Only whoever has the task, or may take it, signs, and only what it asks to be signed. */
    static Outcome sign(Case state, Command.SignFile command, Actor actor, Instant now) {
        var step = state.step(command.step());
        if (step == null || step.task == null) {
            return Handoffs.noSuchTask(command.step());
        }
        var refused = Handoffs.holdsOrTakes(state, step, actor);
        if (refused != null) {
            return refused;
        }
        var papers = papers(step);
        if (papers.sign() == null || !files(state, step, papers.sign()).contains(command.file())) {
            return new Refused(Refusal.NOT_ASKED, "the task does not ask for a signature under this file");
        }
        var unopened = unopened(state, step, actor);
        if (unopened != null) {
            return unopened;
        }
        var run = new Run(state, now);
        Handoffs.takeFirst(run, step, actor);
        run.emit(new Event.FileSigned(
                command.step(), command.file(), command.digest(), actor.id(), command.evidence(), command.sealed()));
        return run.accepted();
    }

    /** What has to be opened or signed before the task can be completed. A variable without a file asks for nothing. */
    static @Nullable Refused missing(Case state, Step step, Actor actor) {
        var papers = papers(step);
        if (!papers.demands() || !actor.isPerson()) {
            return null;
        }
        var unopened = unopened(state, step, actor);
        if (unopened != null || papers.sign() == null) {
            return unopened;
        }
        return files(state, step, papers.sign()).stream()
                        .allMatch(file -> step.signed.contains(file + " " + actor.id()))
                ? null
                : new Refused(Refusal.NOT_SIGNED, "the document '" + papers.sign() + "' has to be signed first");
    }

    private static @Nullable Refused unopened(Case state, Step step, Actor actor) {
        int left = 0;
        for (var name : papers(step).acknowledge()) {
            for (var file : files(state, step, name)) {
                left += step.opened.contains(file + " " + actor.id()) ? 0 : 1;
            }
        }
        return left == 0
                ? null
                : new Refused(
                        Refusal.NOT_OPENED,
                        left == 1 ? "a file has to be opened first" : left + " files have to be opened first");
    }

    /** The files that a task asks to be opened or signed, and how far this person is. */
    static List<Paper> papers(Case state, Step step, String person) {
        var papers = papers(step);
        var sign = papers.sign() == null ? List.<String>of() : files(state, step, papers.sign());
        return Stream.concat(
                        papers.acknowledge().stream().flatMap(name -> files(state, step, name).stream()), sign.stream())
                .distinct()
                .map(file -> new Paper(
                        file,
                        papers.acknowledge().stream()
                                .anyMatch(name -> files(state, step, name).contains(file)),
                        step.opened.contains(file + " " + person),
                        sign.contains(file),
                        step.signed.contains(file + " " + person)))
                .toList();
    }

    private static FlowNode.Papers papers(Step step) {
        return step.node instanceof FlowNode.UserTask task ? task.papers() : FlowNode.Papers.NONE;
    }

    /** A variable names a file by its id, or several in a list. */
    private static List<String> files(Case state, Step step, String variable) {
        return switch (state.visible(step).get(variable)) {
            case String file -> List.of(file);
            case List<?> files ->
                files.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
            case null, default -> List.of();
        };
    }

    private static @Nullable Refused isNoPlace(Case state, int step) {
        if (state.status == Case.Status.NEW) {
            return Engine.notOpen(state);
        }
        return step < 0 || (state.status == Case.Status.OPEN && step > state.lastId)
                ? new Refused(Refusal.NO_SUCH_STEP, "the case has had no step " + step)
                : null;
    }
}
