package io.baton.server.api;

import io.baton.engine.Policy;
import io.baton.engine.Policy.Act;
import io.baton.engine.Policy.What;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A policy in sentences, as people say it: one for the time to accept, one for the reminders, one for each rung. */
final class PolicyWords {

    /** What a policy calls a day of working time. */
    private static final int WORKING_DAY_HOURS = 8;

    /** Reminders that are named one by one; of more only the first and the last. */
    private static final int REMINDERS_NAMED_MAX = 4;

    private final Policy policy;
    private final boolean due;
    private final Names names;

    /** {@code due}: whether the step has a due date, from which offsets count; else they count from when it was given. */
    PolicyWords(Policy policy, boolean due, Names names) {
        this.policy = policy;
        this.due = due;
        this.names = names;
    }

    List<String> sentences() {
        var sentences = new ArrayList<String>();
        if (policy.acceptBy() != null) {
            sentences.add("Whoever is asked has " + length(policy.acceptBy(), true) + " to accept.");
        }
        var reminders =
                policy.acts().stream().filter(act -> act.what() == What.REMIND).toList();
        if (!reminders.isEmpty()) {
            sentences.add("Whoever should act is reminded " + moments(reminders)
                    + (policy.digest() ? ", in one message a day." : "."));
        }
        for (var act : policy.acts()) {
            if (act.what() == What.ESCALATE) {
                sentences.add("If nobody acts, " + moment(act.offset()) + " " + to(act) + " is told.");
            } else if (act.what() == What.REASSIGN) {
                sentences.add("If nobody acts, " + moment(act.offset()) + " the step is offered to " + to(act) + ".");
            }
        }
        return sentences;
    }

    private String moments(List<Act> reminders) {
        if (reminders.size() > REMINDERS_NAMED_MAX) {
            return reminders.size() + " times, from "
                    + moment(reminders.getFirst().offset()) + " until "
                    + moment(reminders.getLast().offset());
        }
        var moments =
                reminders.stream().map(act -> moment(act.offset())).distinct().toList();
        var last = moments.getLast();
        return moments.size() == 1
                ? last
                : moments.stream().limit(moments.size() - 1L).collect(Collectors.joining(", ")) + " and " + last;
    }

    private String moment(Duration offset) {
        if (offset.isZero()) {
            return due ? "when it is due" : "when it is given";
        }
        return length(offset.abs(), policy.workingTime())
                + (offset.isNegative() ? " before" : " after")
                + (due ? " it is due" : " it was given");
    }

    private String to(Act act) {
        return switch (act.to()) {
            case HOLDER -> "whoever has it";
            case TEAM_LEAD -> "the lead of the team";
            case OWNER -> "the owner of the case";
            case PERSON -> names.personName(String.valueOf(act.person()));
        };
    }

    /** {@code working}: in working time, where a day has eight hours. */
    static String length(Duration length, boolean working) {
        long hoursADay = working ? WORKING_DAY_HOURS : 24;
        long days = length.toHours() / hoursADay;
        long hours = length.toHours() % hoursADay;
        long minutes = length.toMinutesPart();
        var parts = new ArrayList<String>();
        add(parts, days, working ? "working day" : "day");
        add(parts, hours, working ? "working hour" : "hour");
        add(parts, minutes, "minute");
        return parts.isEmpty() ? length.toSeconds() + " seconds" : String.join(" ", parts);
    }

    private static void add(List<String> parts, long count, String unit) {
        if (count > 0) {
            parts.add(count + " " + unit + (count == 1 ? "" : "s"));
        }
    }
}
