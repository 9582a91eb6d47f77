package io.baton.server.directory;

import io.baton.engine.Policy;
import io.baton.engine.Policy.Act;
import io.baton.engine.Policy.To;
import io.baton.engine.Policy.What;
import io.baton.server.directory.PolicyBody.AtEnd;
import io.baton.server.directory.PolicyBody.Reminder;
import io.baton.server.directory.PolicyBody.Rung;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes an {@link io.baton.engine.Policy} of what people wrote, or says what is wrong with it and where. Acts at the same
 * offset happen in the order: reminders, rungs, reassignment.
 */
final class PolicyReader {

    /** What a day is in working time: the working days of calendars differ, a policy is for everybody. */
    static final Duration WORKING_DAY = Duration.ofHours(8);

    static final int WORKING_DAYS_A_WEEK = 5;

    /** No policy waits longer than this, on either side of the due date. */
    static final Duration OFFSET_MAX = Duration.ofDays(1000);

    static final Duration EVERY_MIN = Duration.ofMinutes(1);

    private static final int DAYS_A_WEEK = 7;

    private static final Pattern DURATION = Pattern.compile(
            "(-?)P(?=.)(?:(\\d{1,6})W)?(?:(\\d{1,6})D)?(?:T(?=.)(?:(\\d{1,6})H)?(?:(\\d{1,6})M)?(?:(\\d{1,6})S)?)?");

    private static final List<String> CHANNELS = List.of("mail", "chat", "sms");

    private final Known known;
    private final boolean workingTime;
    private final List<Mistake> mistakes = new ArrayList<>();
    private final List<Act> acts = new ArrayList<>();

    private PolicyReader(PolicyBody body, Known known) {
        this.known = known;
        this.workingTime = Boolean.TRUE.equals(body.workingTime());
    }

    /** Either a policy or mistakes. */
    record Read(@Nullable Policy policy, List<Mistake> mistakes) {}

    static Read read(String key, int version, PolicyBody given, Known known) {
        var body = given.complete();
        var reader = new PolicyReader(body, known);
        var acceptBy = body.acceptBy() == null ? null : reader.acceptBy(body.acceptBy());
        reader.reminders(Objects.requireNonNull(body.reminders()));
        reader.ladder(Objects.requireNonNull(body.ladder()));
        reader.atEnd(body.atEnd());
        var channels = reader.channels(Objects.requireNonNull(body.channels()));
        if (reader.acts.size() > Policy.ACTS_MAX) {
            reader.wrong(
                    "reminders",
                    "with all their repetitions, the ladder and the end are " + reader.acts.size()
                            + " acts; a policy has at most " + Policy.ACTS_MAX);
        }
        if (!reader.mistakes.isEmpty()) {
            return new Read(null, List.copyOf(reader.mistakes));
        }
        reader.acts.sort(Comparator.comparing(Act::offset));
        var digest = Boolean.TRUE.equals(body.digest());
        return new Read(
                new Policy(key, version, acceptBy, reader.acts, reader.workingTime, digest, channels), List.of());
    }

    /** Counts the asked person's working time, whatever the acts do. */
    private @Nullable Duration acceptBy(String text) {
        var length = duration("acceptBy", text, true);
        if (length != null && !length.isPositive()) {
            wrong("acceptBy", "must be longer than nothing");
        }
        return length;
    }

    private void reminders(List<@Nullable Reminder> reminders) {
        for (int i = 0; i < reminders.size() && acts.size() <= Policy.ACTS_MAX; i++) {
            var place = "reminders[" + i + "]";
            var reminder = reminders.get(i);
            if (reminder == null) {
                wrong(place, "is missing");
            } else {
                reminder(place, reminder);
            }
        }
    }

    private void reminder(String place, Reminder reminder) {
        var first = duration(place + ".when", reminder.when());
        if (reminder.every() == null && reminder.maximum() == null) {
            remind(first, Duration.ZERO, 1);
            return;
        }
        if (reminder.every() == null || reminder.maximum() == null) {
            wrong(place, "must have both every and maximum, or neither");
            return;
        }
        var every = duration(place + ".every", reminder.every());
        if (every != null && every.compareTo(EVERY_MIN) < 0) {
            wrong(place + ".every", "must be at least " + EVERY_MIN);
        } else if (reminder.maximum() < 1 || reminder.maximum() > Policy.ACTS_MAX) {
            wrong(place + ".maximum", "must be a whole number from 1 to " + Policy.ACTS_MAX);
        } else if (every != null) {
            remind(first, every, reminder.maximum());
        }
    }

    private void remind(@Nullable Duration first, Duration every, int times) {
        for (int i = 0; first != null && i < times; i++) {
            acts.add(new Act(first.plus(every.multipliedBy(i)), What.REMIND, To.HOLDER, null));
        }
    }

    private List<String> channels(List<@Nullable String> channels) {
        var known = new ArrayList<String>();
        for (int i = 0; i < channels.size(); i++) {
            var channel = channels.get(i);
            if (channel == null || !CHANNELS.contains(channel)) {
                wrong("channels[" + i + "]", "must be mail, chat or sms");
            } else if (known.contains(channel)) {
                wrong("channels[" + i + "]", "names " + channel + " twice");
            } else {
                known.add(channel);
            }
        }
        return known;
    }

    private void ladder(List<@Nullable Rung> ladder) {
        for (int i = 0; i < ladder.size() && acts.size() <= Policy.ACTS_MAX; i++) {
            var place = "ladder[" + i + "]";
            var rung = ladder.get(i);
            if (rung == null) {
                wrong(place, "is missing");
            } else {
                add(place, ".after", rung.after(), What.ESCALATE, ".to", rung.to());
            }
        }
    }

    private void atEnd(@Nullable AtEnd end) {
        if (end == null) {
            return;
        }
        if ("holder".equals(end.reassign())) {
            wrong("atEnd.reassign", "must be somebody else than the holder");
            return;
        }
        var last = acts.stream().map(Act::offset).max(Comparator.naturalOrder());
        var offset = add("atEnd", ".after", end.after(), What.REASSIGN, ".reassign", end.reassign());
        if (offset != null && last.isPresent() && offset.compareTo(last.get()) < 0) {
            wrong("atEnd.after", "must not be before the last reminder or rung, at " + last.get());
        }
    }

    private @Nullable Duration add(
            String place, String when, @Nullable String after, What what, String whom, @Nullable String to) {
        var offset = duration(place + when, after);
        var towards = to(place + whom, to);
        if (offset != null && towards != null) {
            acts.add(new Act(offset, what, towards, towards == To.PERSON ? to : null));
        }
        return offset;
    }

    private @Nullable To to(String place, @Nullable String whom) {
        return switch (whom) {
            case "holder" -> To.HOLDER;
            case "team-lead" -> To.TEAM_LEAD;
            case "owner" -> To.OWNER;
            case null -> {
                wrong(place, "is required");
                yield null;
            }
            default -> {
                if (!known.isMember(whom)) {
                    wrong(place, "must be holder, team-lead, owner, or the id of a member who is here, not " + whom);
                    yield null;
                }
                yield To.PERSON;
            }
        };
    }

    private @Nullable Duration duration(String place, @Nullable String text) {
        return duration(place, text, workingTime);
    }

    private @Nullable Duration duration(String place, @Nullable String text, boolean inWorkingTime) {
        if (text == null) {
            wrong(place, "is required");
            return null;
        }
        var parts = DURATION.matcher(text);
        if (!parts.matches()) {
            wrong(place, "must be a duration such as P1D, -P2D or PT4H");
            return null;
        }
        var day = inWorkingTime ? WORKING_DAY : Duration.ofDays(1);
        var length = day.multipliedBy(number(parts.group(2)) * (inWorkingTime ? WORKING_DAYS_A_WEEK : DAYS_A_WEEK))
                .plus(day.multipliedBy(number(parts.group(3))))
                .plusHours(number(parts.group(4)))
                .plusMinutes(number(parts.group(5)))
                .plusSeconds(number(parts.group(6)));
        if (length.compareTo(OFFSET_MAX) > 0) {
            wrong(place, "must be at most " + OFFSET_MAX.toDays() + " days");
            return null;
        }
        return parts.group(1).isEmpty() ? length : length.negated();
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private void wrong(String field, String message) {
        mistakes.add(new Mistake(field, message));
    }
}
