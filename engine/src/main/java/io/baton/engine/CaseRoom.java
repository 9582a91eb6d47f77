package io.baton.engine;

import io.baton.engine.Outcome.Refused;
import java.time.Instant;
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
                command.question() ? whomToAsk(state, command.step()) : null));
        return run.accepted();
    }

    /** Whoever has the step; about the case or a step that is over, its owner. Of an ended case neither is known any more. */
    private static @Nullable String whomToAsk(Case state, int number) {
        if (state.status != Case.Status.OPEN) {
            return null;
        }
        var step = number == 0 ? null : state.step(number);
        return step == null ? state.owner() : state.holder(step);
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

    private static @Nullable Refused isNoPlace(Case state, int step) {
        if (state.status == Case.Status.NEW) {
            return Engine.notOpen(state);
        }
        return step < 0 || (state.status == Case.Status.OPEN && step > state.lastId)
                ? new Refused(Refusal.NO_SUCH_STEP, "the case has had no step " + step)
                : null;
    }
}
