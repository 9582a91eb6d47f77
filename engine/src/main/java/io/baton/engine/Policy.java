package io.baton.engine;

import io.baton.engine.model.FlowNode.Assignment.Overrides;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens when nobody acts: named, versioned data, not shapes in a diagram. A version never changes; a step follows
 * the version that was newest when it opened. {@code acts} are in the order in which they happen.
 *
 * @param acceptBy how long an offer stays open, in the asked person's working time; null for ever
 * @param acts at most {@link #ACTS_MAX}
 * @param workingTime whether offsets count the holder's working time; else time on the wall clock
 * @param channels by which people are reached about the step who prefer none themselves, in their order; none: as usual
 * @param digest whether reminders are gathered in one message a day instead of one each
 */
public record Policy(
        String key,
        int version,
        @Nullable Duration acceptBy,
        List<Act> acts,
        boolean workingTime,
        boolean digest,
        List<String> channels) {

    /** By the usual channels. */
    public Policy(
            String key, int version, @Nullable Duration acceptBy, List<Act> acts, boolean workingTime, boolean digest) {
        this(key, version, acceptBy, acts, workingTime, digest, List.of());
    }

    /** Reminders, rungs and the last reassignment together. */
    public static final int ACTS_MAX = 50;

    public Policy {
        if (acts.size() > ACTS_MAX) {
            throw new IllegalArgumentException(
                    "a policy has at most " + ACTS_MAX + " acts, but this has " + acts.size());
        }
        for (int i = 1; i < acts.size(); i++) {
            if (acts.get(i).offset().compareTo(acts.get(i - 1).offset()) < 0) {
                throw new IllegalArgumentException("the acts of a policy stand in the order of their offsets");
            }
        }
        acts = List.copyOf(acts);
        channels = List.copyOf(channels);
    }

    /** This policy, but for what a task does otherwise; acts beyond {@link #ACTS_MAX} are left out, the last ones. */
    public Policy with(@Nullable Overrides overrides) {
        if (overrides == null) {
            return this;
        }
        var reminders = overrides.reminders();
        var ladder = overrides.ladder();
        var all = new ArrayList<Act>();
        for (var act : acts) {
            var replaced = switch (act.what()) {
                case REMIND -> reminders != null;
                case ESCALATE -> ladder != null;
                case REASSIGN -> overrides.keepsHolder();
            };
            if (!replaced) {
                all.add(act);
            }
        }
        if (reminders != null) {
            reminders.forEach(offset -> all.add(new Act(offset, What.REMIND, To.HOLDER, null)));
        }
        if (ladder != null) {
            ladder.forEach(rung -> all.add(escalation(rung)));
        }
        all.sort(Comparator.comparing(Act::offset));
        var kept = all.subList(0, Math.min(all.size(), ACTS_MAX));
        return new Policy(key, version, acceptBy, kept, workingTime, digest, channels);
    }

    private static Act escalation(Overrides.Rung rung) {
        return switch (rung.to()) {
            case "owner" -> new Act(rung.after(), What.ESCALATE, To.OWNER, null);
            case "team-lead" -> new Act(rung.after(), What.ESCALATE, To.TEAM_LEAD, null);
            default -> new Act(rung.after(), What.ESCALATE, To.PERSON, rung.to());
        };
    }

    /**
     * {@code offset} counts from the due date, before it where negative; for a step without one, from the moment somebody
     * was given it, where a negative offset happens at once.
     */
    public record Act(
            Duration offset, What what, To to, @Nullable String person) {
        public Act {
            if ((to == To.PERSON) != (person != null)) {
                throw new IllegalArgumentException("exactly an act towards a person names one");
            }
        }
    }

    public enum What {
        /** Asks whoever should act. Not done once they have answered. */
        REMIND,
        /** Tells the next rung of the ladder, who can help or decide. */
        ESCALATE,
        /** Offers the step to somebody else. */
        REASSIGN
    }

    public enum To {
        HOLDER,
        TEAM_LEAD,
        OWNER,
        PERSON
    }
}
