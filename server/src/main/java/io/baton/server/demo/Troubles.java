package io.baton.server.demo;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.Obstacle;
import io.baton.engine.Values;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What does not go smoothly, now and then: dates are promised and not always kept, obstacles met, mails bounce, systems
 * disagree. Most of it is over before the work is done.
 */
final class Troubles {

    private static final double PROMISED = 0.3;

    /** Of the promises. */
    private static final double BROKEN = 0.2;

    private static final double STUCK = 0.06;
    private static final double BOUNCED = 0.12;
    private static final double STATED = 0.35;

    /** Of the cases of which systems state something. */
    private static final double DISAGREE = 0.12;

    /** Working seconds after the start of a case within which systems hear of it. */
    private static final int STATED_SECONDS_MAX = 40_000;

    private static final List<String> MAILBOXES = List.of(
            "The mailbox is full", "No such address at their mail server", "Their mail server refused it as spam");

    private Troubles() {}

    /** {@code part} of the time until a step is done; for the case, working seconds after its start. */
    record Said(double part, double until, @Nullable Command fixed, int step, Actor actor) {

        /** A promise names a date, which is a part of the same time away. */
        Command command(Rhythm rhythm, Instant opened, double seconds) {
            return fixed == null ? new Command.PromiseDate(step, rhythm.after(opened, seconds * until + 60)) : fixed;
        }
    }

    /** About one task, in the order of time. */
    static List<Said> of(int step, String performer, boolean outside, Dice dice) {
        var said = new ArrayList<Said>();
        var person = Actor.person(performer);
        if (outside) {
            if (dice.chance(BOUNCED)) {
                said.add(new Said(
                        0.1,
                        0,
                        new Command.ReportUndelivered(step, performer, dice.pick(MAILBOXES)),
                        step,
                        channels()));
                said.add(new Said(0.7, 0, new Command.ReportDelivered(step, performer), step, channels()));
            }
            return said;
        }
        if (dice.chance(PROMISED)) {
            said.add(new Said(0.88, dice.chance(BROKEN) ? 0.94 : 1.3, null, step, person));
        }
        if (dice.chance(STUCK)) {
            var obstacle =
                    dice.pick(List.of(Obstacle.MISSING_INPUT, Obstacle.QUESTION, Obstacle.DECISION, Obstacle.OTHER));
            said.add(new Said(0.3, 0, new Command.ReportStuck(step, obstacle, reason(obstacle), null), step, person));
            said.add(new Said(0.86, 0, new Command.RemoveObstacle(step), step, person));
        }
        return said;
    }

    private static Actor channels() {
        return Actor.system("channels");
    }

    private static String reason(Obstacle obstacle) {
        return switch (obstacle) {
            case MISSING_INPUT -> "The delivery note is missing";
            case QUESTION -> "Which cost centre is this for?";
            case DECISION -> "Somebody has to decide whether we accept the difference";
            default -> "The colleague who knows about this is away until tomorrow";
        };
    }

    /** What systems state of a vendor's invoice; at times they disagree. */
    static List<Said> ofCase(String process, SequencedMap<String, @Nullable Object> variables, Dice dice) {
        if (!process.equals("vendor-payment")
                || !(variables.get("amount") instanceof BigDecimal amount)
                || !dice.chance(STATED)) {
            return List.of();
        }
        var ordered = dice.chance(DISAGREE)
                ? amount.multiply(BigDecimal.valueOf(dice.between(80, 97)))
                        .movePointLeft(2)
                        .setScale(2, RoundingMode.HALF_UP)
                : amount;
        double after = dice.share() * STATED_SECONDS_MAX;
        return List.of(states(after, "erp", amount), states(after + 60, "procurement-system", ordered));
    }

    private static Said states(double after, String system, BigDecimal amount) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("amount", amount);
        return new Said(after, 0, new Command.ReportFacts(system, Values.variables(facts)), 0, Actor.system(system));
    }
}
