package io.baton.server;

import io.baton.engine.Policy;
import io.baton.engine.Policy.Act;
import io.baton.engine.Policy.To;
import io.baton.engine.Policy.What;
import io.baton.engine.Roster;
import io.baton.engine.calendar.QuietHours;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A directory for tests without a database: people p1 to p5 work in every team, p5 leads them all and sleeps at night in
 * Lisbon. There is one policy, {@code chase}.
 */
public final class Crew implements Roster {

    public static final int SIZE = 5;

    private static final String LEAD = "p5";
    private static final List<String> MEMBERS =
            IntStream.rangeClosed(1, SIZE).mapToObj(number -> "p" + number).toList();
    private static final QuietHours NIGHT =
            QuietHours.of(ZoneId.of("Europe/Lisbon"), LocalTime.of(20, 0), LocalTime.of(7, 0));
    private static final Policy CHASE = new Policy(
            "chase",
            1,
            Duration.ofHours(8),
            List.of(
                    new Act(Duration.ofHours(-12), What.REMIND, To.HOLDER, null),
                    new Act(Duration.ZERO, What.REMIND, To.HOLDER, null),
                    new Act(Duration.ofHours(12), What.ESCALATE, To.TEAM_LEAD, null),
                    new Act(Duration.ofHours(36), What.REASSIGN, To.TEAM_LEAD, null),
                    new Act(Duration.ofHours(48), What.ESCALATE, To.OWNER, null)),
            false,
            false);

    /** A task that follows the policy, and one that is offered by turns and wants another pair of eyes. */
    public static TestProcess process() {
        return TestProcess.of("chased", "CHA")
                .then("startEvent", "start")
                .then(task("enter", "team=\"ap\" due=\"P1D\" policy=\"chase\""))
                .then(task("check", "team=\"ap\" assign=\"least-loaded\" four-eyes=\"enter\" policy=\"chase\""))
                .then("endEvent", "end");
    }

    private static String task(String id, String attributes) {
        return "<bpmn:userTask id=\"" + id + "\">" + TestProcess.extension("<baton:task " + attributes + "/>")
                + "</bpmn:userTask>";
    }

    @Override
    public @Nullable Person person(String id) {
        return MEMBERS.contains(id)
                ? new Person(
                        id,
                        true,
                        id.equals(LEAD) ? "p1" : LEAD,
                        List.of(),
                        List.of(),
                        1,
                        ALWAYS,
                        id.equals(LEAD) ? NIGHT : null,
                        List.of())
                : null;
    }

    @Override
    public Team team(String key) {
        return new Team(key, Team.Kind.TEAM, LEAD, MEMBERS);
    }

    @Override
    public @Nullable Policy policy(String key, int version) {
        return key.equals(CHASE.key()) ? CHASE : null;
    }

    @Override
    public boolean isComplete() {
        return true;
    }

    @Override
    public Instant lastGiven(String person) {
        return Instant.EPOCH;
    }

    @Override
    public int openWork(String person) {
        return 0;
    }
}
