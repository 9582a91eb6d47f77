package io.baton.engine;

import io.baton.engine.Outcome.Refused;
import io.baton.engine.model.Activity.Approval;
import io.baton.engine.model.FlowNode.ActivityNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Approvals: the instances of a user task's loop are votes ({@link Loops}). A vote is a completion with {@code outcome}
 * "approved" or "rejected" and perhaps a {@code reason}. Nobody votes twice, whoever asks them to.
 */
final class Approvals {

    static final String OUTCOME = "outcome";
    static final String APPROVED = "approved";
    static final String REJECTED = "rejected";
    private static final String REASON = "reason";
    private static final String BY = "by";

    private Approvals() {}

    static @Nullable Approval of(@Nullable Step body) {
        return body != null
                        && body.node instanceof ActivityNode node
                        && node.activity().loop() != null
                ? node.activity().loop().approval()
                : null;
    }

    private static boolean isVote(Step step) {
        return step.isLoopInstance() && of(step.scope) != null;
    }

    /** A vote must say which way it goes. */
    static @Nullable Refused noVote(Step step, SequencedMap<String, @Nullable Object> variables) {
        var outcome = variables.get(OUTCOME);
        return !isVote(step) || APPROVED.equals(outcome) || REJECTED.equals(outcome)
                ? null
                : new Refused(Refusal.NO_VOTE, "an approval needs the outcome 'approved' or 'rejected'");
    }

    /** Who has voted, or has another vote to give, has no second one. */
    static @Nullable Refused hasVote(Case state, Step step, String person) {
        if (!isVote(step)) {
            return null;
        }
        var body = step.requireScope();
        for (var vote : votes(Case.requireLoop(body).outputs)) {
            if (person.equals(vote.get(BY))) {
                return new Refused(Refusal.MAY_NOT_HOLD, person + " has voted already");
            }
        }
        for (var other : state.childrenOf(body)) {
            var task = other.task;
            if (other != step
                    && task != null
                    && (person.equals(task.holder())
                            || (task.offer() != null
                                    && person.equals(task.offer().person()))
                            || (task.decision() != null
                                    && person.equals(task.decision().by())))) {
                return new Refused(Refusal.MAY_NOT_HOLD, person + " has another vote of the same approval to give");
            }
        }
        return null;
    }

    /** Null for a vote that the owner has waived. */
    static @Nullable Object vote(Run run, Step instance, @Nullable String as) {
        if (instance.waived) {
            return null;
        }
        var vote = new LinkedHashMap<String, @Nullable Object>();
        vote.put("approver", as == null ? null : instance.variables.get(as));
        vote.put(BY, voter(instance));
        vote.put(OUTCOME, instance.variables.get(OUTCOME));
        vote.put(REASON, instance.variables.get(REASON));
        vote.put("at", run.now.toString());
        return vote;
    }

    private static @Nullable String voter(Step instance) {
        var task = instance.lastTask;
        return task == null
                ? null
                : task.decision() == null ? task.holder() : task.decision().by();
    }

    static List<SequencedMap<?, ?>> votes(List<@Nullable Object> outputs) {
        var votes = new ArrayList<SequencedMap<?, ?>>();
        for (var output : outputs) {
            if (output instanceof SequencedMap<?, ?> vote) {
                votes.add(vote);
            }
        }
        return votes;
    }

    /** The outcome, once the votes that are left cannot change it any more; waived ones do not count. */
    static @Nullable String outcome(Approval approval, List<@Nullable Object> outputs, int left) {
        var votes = votes(outputs);
        int all = votes.size() + left;
        int yes = (int) votes.stream()
                .filter(vote -> APPROVED.equals(vote.get(OUTCOME)))
                .count();
        int no = votes.size() - yes;
        var approved = switch (approval.rule()) {
            case ANY -> yes > 0;
            case SEQUENTIAL, ALL -> left == 0 && no == 0 && yes > 0;
            case MAJORITY -> 2 * yes > all;
        };
        var rejected = switch (approval.rule()) {
            case ANY -> left == 0;
            case SEQUENTIAL, ALL -> no > 0 || left == 0;
            case MAJORITY -> 2 * (yes + left) <= all;
        };
        return approved ? APPROVED : rejected ? REJECTED : null;
    }

    /** What the result variable receives. */
    static SequencedMap<String, @Nullable Object> result(String outcome, List<@Nullable Object> outputs) {
        var result = new LinkedHashMap<String, @Nullable Object>();
        result.put(OUTCOME, outcome);
        result.put("votes", new ArrayList<@Nullable Object>(votes(outputs)));
        return result;
    }

    /** Says why the rest need not vote any more. */
    static String reason(List<@Nullable Object> outputs, int total) {
        var votes = votes(outputs);
        var yes = votes.stream()
                .filter(vote -> APPROVED.equals(vote.get(OUTCOME)))
                .count();
        return "%d approved and %d rejected, of %d".formatted(yes, votes.size() - yes, total);
    }
}
