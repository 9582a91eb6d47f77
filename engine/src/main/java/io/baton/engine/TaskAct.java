package io.baton.engine;

import java.time.Duration;
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

    /** A date that is no reason to refuse. */
    private static final Instant FAR = Instant.EPOCH.plus(Duration.ofDays(365L * 200));

    /** The acts that would not be refused now; an act that would change nothing is none. */
    public static List<TaskAct> possible(Case state, int step, Actor actor, Instant now, Roster roster) {
        var possible = new ArrayList<TaskAct>();
        var copy = state.copy();
        for (var act : values()) {
            if (Engine.decide(copy, act.trial(step), actor, now, roster) instanceof Outcome.Accepted(var events)
                    && !events.isEmpty()) {
                possible.add(act);
                copy = state.copy(); // a refusal leaves it as it was, an acceptance does not
            }
        }
        return possible;
    }

    private Command trial(int step) {
        return switch (this) {
            case ACCEPT -> new Command.ClaimTask(step);
            case PUT_BACK -> new Command.ReleaseTask(step);
            case DECLINE -> new Command.DeclineTask(step, "");
            case WITHDRAW -> new Command.WithdrawOffer(step);
            case OFFER -> new Command.OfferTask(step, null, "", "");
            case SEND_BACK -> new Command.SendBack(step, "");
            case PROMISE -> new Command.PromiseDate(step, FAR);
            case PROPOSE -> new Command.ProposeDate(step, FAR, "");
            case ANSWER_PROPOSAL -> new Command.AnswerProposal(step, true);
            case REPORT_STUCK -> new Command.ReportStuck(step, Obstacle.OTHER, "", null);
            case REMOVE_OBSTACLE -> new Command.RemoveObstacle(step);
            case TAKE_BACK -> new Command.TakeBackDecision(step);
            case TAKE_BACK_ACT -> new Command.TakeBackAct(step);
            // Both are the owner's, and to try to waive would live through all that comes after the step.
            case CHANGE_DUE, WAIVE -> new Command.ChangeDue(step, FAR, "");
        };
    }
}
