package io.baton.server.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Booking;
import io.baton.engine.Command;
import io.baton.engine.Event;
import io.baton.engine.Refusal;
import io.baton.engine.Roster;
import io.baton.server.TestProcess;
import io.baton.server.appointments.Appointments;
import io.baton.server.cases.Cases;
import io.baton.server.journal.Journal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Many who want the same few times, on two nodes at once: nobody has a time that another has. */
class BookingTest {

    private static final long SEED = Long.getLong("seed", 20_261_125L);
    private static final int PEOPLE = 10;
    private static final int ACTS_EACH = 30;
    private static final int CASES = 24;
    private static final int CAPACITY = 2;

    /** Half an hour apart and an hour long: neighbours are in each other's way. */
    private final Instant begin = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(3));

    private final List<Instant> times = IntStream.range(0, 6)
            .mapToObj(number -> begin.plus(Duration.ofMinutes(30L * number)))
            .toList();

    private final Stage stage = new Stage();
    private final int process = stage.deploy(process());
    private final List<Long> cases = new ArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger booked = new AtomicInteger();

    private static TestProcess process() {
        return TestProcess.of("visits", "VIS")
                .then("startEvent", "start")
                .then("<bpmn:userTask id=\"choose\">"
                        + TestProcess.extension("<baton:slots with=\"p9\" lasts=\"PT1H\" capacity=\"" + CAPACITY
                                + "\" from=\"= times\" into=\"at\"/>")
                        + "</bpmn:userTask>")
                .then("userTask", "visit")
                .then("endEvent", "end");
    }

    private record NodeOf(Committer committer, Appointments appointments) {}

    private NodeOf node() {
        var committer = new Committer(
                stage.test.database()::connect,
                stage.pool,
                new Deciding(stage.deployments, () -> Roster.NOBODY, LocalWorkers.NONE, Clock.systemUTC()),
                Committer.LANES);
        var cases = new Cases(stage.sql, stage.deployments, committer, journal());
        return new NodeOf(committer, new Appointments(stage.sql, cases, () -> Roster.NOBODY, Clock.systemUTC()));
    }

    private Journal journal() {
        return new Journal(stage.sql, stage.deployments);
    }

    @Test
    void noTimeIsGivenTwice() throws InterruptedException, ExecutionException {
        var one = node();
        var other = node();
        try (stage;
                var first = one.committer();
                var second = other.committer()) {
            for (int i = 0; i < CASES; i++) {
                start(i % 2 == 0 ? first : second);
            }
            try (var crowd = Executors.newFixedThreadPool(PEOPLE)) {
                var work = new ArrayList<Callable<@Nullable Void>>();
                for (int i = 0; i < PEOPLE; i++) {
                    work.add(person(new Random(SEED + i), i % 2 == 0 ? one : other));
                }
                for (var done : crowd.invokeAll(work)) {
                    done.get();
                }
            }
            nobodyHasWhatAnotherHas();
            assertThat(booked.get()).as("booked").isGreaterThan(CASES);
            assertThat(refused.get()).as("came too late").isPositive();
            assertThat(stage.verify().first()).as("seed %d", SEED).isEmpty();
        }
    }

    private void start(Committer committer) {
        var id = committer.nextCaseId();
        var variables = new LinkedHashMap<String, @Nullable Object>();
        variables.put("times", times.stream().map(Instant::toString).toList());
        assertThat(committer.perform(Request.of(id, new Command.StartCase(process, null, "p1", variables), Stage.ADA)))
                .isInstanceOf(Answer.Done.class);
        cases.add(id);
    }

    /** Chooses at random; who has a time gives it up, or takes another. */
    private Callable<@Nullable Void> person(Random random, NodeOf node) {
        return () -> {
            for (int i = 0; i < ACTS_EACH; i++) {
                long id = cases.get(random.nextInt(CASES));
                var at = times.get(random.nextInt(times.size()));
                var actor = Actor.person(random.nextInt(3) == 0 ? "p1" : "p2");
                if (random.nextInt(12) == 0) {
                    var _ = node.committer().perform(Request.of(id, new Command.CancelCase("no"), Stage.ADA));
                } else if (random.nextInt(4) == 0) {
                    var _ = node.appointments().release(id, 2, "not then", actor, null);
                } else {
                    note(node.appointments().complete(id, 2, variables(at), actor, null));
                    note(node.appointments().move(id, 2, at, actor, null));
                }
            }
            return null;
        };
    }

    private static SequencedMap<String, @Nullable Object> variables(Instant at) {
        return new LinkedHashMap<>(Map.of("at", at.toString()));
    }

    private void note(Answer answer) {
        if (answer instanceof Answer.Refused(var reason, var _) && reason == Refusal.SLOT_TAKEN) {
            refused.incrementAndGet();
        }
        if (answer instanceof Answer.Done done && done.events().stream().anyMatch(Event.SlotBooked.class::isInstance)) {
            booked.incrementAndGet();
        }
    }

    private void nobodyHasWhatAnotherHas() {
        var had = new LinkedHashMap<String, Long>();
        for (long id : cases) {
            for (var booking : journal().replay(id).bookings()) {
                for (var quarter : quarters(booking)) {
                    assertThat(had.put(quarter + " " + booking.seat(), id))
                            .as("seed %d: who else has %s in seat %d", SEED, quarter, booking.seat())
                            .isNull();
                }
            }
        }
        assertThat(had).isNotEmpty();
    }

    private static List<Instant> quarters(Booking booking) {
        return booking.isReleased()
                ? List.of()
                : IntStream.range(0, booking.minutes() / 15)
                        .mapToObj(quarter -> booking.at().plus(Duration.ofMinutes(15L * quarter)))
                        .toList();
    }
}
