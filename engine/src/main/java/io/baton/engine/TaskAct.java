package io.baton.engine;

import io.baton.engine.Said.Need;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What somebody can do with an open task besides completing it. Whether they may is not written here a second time: a copy
 * of the case is asked to do it.
 */
public enum TaskAct {
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
    /** Of a decision that has not taken effect. */
    TAKE_BACK,
    /** Of a promise, a no, or sending back, a moment ago. */
    TAKE_BACK_ACT;

    /** What has to be said with it. */
    public List<Need> needs() {
        return switch (this) {
            case ACCEPT, PUT_BACK, WITHDRAW, REMOVE_OBSTACLE, TAKE_BACK, TAKE_BACK_ACT -> List.of();
            case DECLINE, SEND_BACK, WAIVE -> List.of(Need.REASON);
            case OFFER -> List.of(Need.PERSON_OR_TEAM, Need.REASON);
            case PROMISE -> List.of(Need.AT);
            case PROPOSE -> List.of(Need.AT, Need.REASON);
            case ANSWER_PROPOSAL -> List.of(Need.AGREED);
            case REPORT_STUCK -> List.of(Need.OBSTACLE, Need.REASON, Need.MAY_PERSON);
            case CHANGE_DUE -> List.of(Need.MAY_AT, Need.REASON);
        };
    }

    /** The acts that would not be refused now; an act that would change nothing is none. */
    public static List<TaskAct> possible(Case state, int step, Actor actor, Instant now, Roster roster) {
        var possible = new ArrayList<TaskAct>();
        var copy = state.copy();
        for (var act : values()) {
            // Both are the owner's, and to try to waive would live through all that comes after the step.
            var tried = act == WAIVE ? CHANGE_DUE : act;
            if (Engine.decide(copy, tried.command(step, Said.ANYTHING), actor, now, roster)
                            instanceof Outcome.Accepted(var events)
                    && !events.isEmpty()) {
                possible.add(act);
                copy = state.copy(); // a refusal leaves it as it was, an acceptance does not
            }
        }
        return possible;
    }

    public Command command(int step, Said said) {
        return switch (this) {
            case ACCEPT -> new Command.ClaimTask(step);
            case PUT_BACK -> new Command.ReleaseTask(step);
            case DECLINE -> new Command.DeclineTask(step, said.reason());
            case WITHDRAW -> new Command.WithdrawOffer(step);
            case OFFER -> new Command.OfferTask(step, said.person(), said.team(), said.reason());
            case SEND_BACK -> new Command.SendBack(step, said.reason());
            case PROMISE -> new Command.PromiseDate(step, said.requireAt());
            case PROPOSE -> new Command.ProposeDate(step, said.requireAt(), said.reason());
            case ANSWER_PROPOSAL -> new Command.AnswerProposal(step, said.agreed());
            case REPORT_STUCK -> new Command.ReportStuck(step, said.requireObstacle(), said.reason(), said.person());
            case REMOVE_OBSTACLE -> new Command.RemoveObstacle(step);
            case CHANGE_DUE -> new Command.ChangeDue(step, said.at(), said.reason());
            case WAIVE -> new Command.WaiveTask(step, said.reason());
            case TAKE_BACK -> new Command.TakeBackDecision(step);
            case TAKE_BACK_ACT -> new Command.TakeBackAct(step);
        };
    }
}
