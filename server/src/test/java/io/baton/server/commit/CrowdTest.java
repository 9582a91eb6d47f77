package io.baton.server.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Case;
import io.baton.engine.CaseCodec;
import io.baton.engine.Command;
import io.baton.engine.Event;
import io.baton.server.Crew;
import io.baton.server.CrewAct;
import io.baton.server.journal.Journal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Many people on two nodes at the same few cases, while every clock strikes on both nodes at once. */
class CrowdTest {

    private static final long SEED = Long.getLong("seed", 20_261_122L);
    private static final int PEOPLE = 8;
    private static final int ACTS_EACH = 60;
    private static final int CASES = 5;
    private static final Instant BEGIN = Instant.parse("2026-03-27T08:00:00Z");

    private record Place(long caseId, int seq) {}

    private final Stage stage = new Stage();
    private final int process = stage.deploy(Crew.process());
    private final Map<Place, List<Event>> acknowledged = new ConcurrentHashMap<>();
    private final List<Long> cases = new ArrayList<>();
    private final AtomicLong minutes = new AtomicLong();

    @Test
    void nothingIsLostNorDoneTwice() throws InterruptedException, ExecutionException {
        try (stage;
                var one = node();
                var other = node()) {
            for (int i = 0; i < CASES; i++) {
                cases.add(one.nextCaseId());
                give(one, new Request(cases.getLast(), Stage.start(process), Stage.ADA, BEGIN, null, false));
            }
            try (var crowd = Executors.newFixedThreadPool(PEOPLE)) {
                var work = new ArrayList<Callable<@Nullable Void>>();
                for (int i = 0; i < PEOPLE; i++) {
                    var person = new Person(new Random(SEED + i), i % 2 == 0 ? one : other, i % 2 == 0 ? other : one);
                    work.add(person);
                }
                for (var done : crowd.invokeAll(work)) {
                    done.get();
                }
            }
            theJournalHasJustWhatWasAcknowledged();
            noActWasDoneTwice();
            assertThat(stage.verify().first()).as("seed %d", SEED).isEmpty();
        }
    }

    private Committer node() {
        return new Committer(
                stage.test.database()::connect,
                stage.pool,
                new Deciding(stage.deployments, Crew::new, LocalWorkers.NONE, Clock.systemUTC()),
                Committer.LANES);
    }

    private Answer give(Committer node, Request request) {
        return noted(request, node.perform(request));
    }

    private Answer noted(Request request, Answer answer) {
        if (answer instanceof Answer.Done done && !done.events().isEmpty()) {
            assertThat(acknowledged.put(new Place(request.caseId(), done.seq()), done.events()))
                    .as("what was acknowledged before as entry %d of case %d", done.seq(), request.caseId())
                    .isNull();
        }
        return answer;
    }

    /** Does one thing after the other, on what it has just read; strokes go to both nodes at once. */
    private final class Person implements Callable<@Nullable Void> {
        private final Random random;
        private final Committer mine;
        private final Committer other;

        Person(Random random, Committer mine, Committer other) {
            this.random = random;
            this.mine = mine;
            this.other = other;
        }

        @Override
        public @Nullable Void call() {
            for (int i = 0; i < ACTS_EACH; i++) {
                long id = cases.get(random.nextInt(cases.size()));
                var state = state(id);
                if (state != null) {
                    act(id, state, BEGIN.plus(Duration.ofMinutes(minutes.addAndGet(random.nextInt(60)))));
                }
            }
            return null;
        }

        private void act(long id, Case state, Instant now) {
            var stroke = random.nextInt(3) > 0 ? CrewAct.stroke(random, state) : null;
            if (stroke != null) {
                var request = new Request(id, stroke.command(), stroke.actor(), now, null, false);
                var answers = List.of(mine.submit(request), other.submit(request));
                answers.stream().map(CompletableFuture::join).forEach(answer -> noted(request, answer));
                return;
            }
            var act = CrewAct.any(random, state, now);
            if (act != null && !(act.command() instanceof Command.WaiveTask)) {
                give(mine, new Request(id, act.command(), act.actor(), now, null, false));
            }
        }
    }

    private @Nullable Case state(long id) {
        return stage.sql
                .sql("select state from cases where id = ? and state is not null")
                .param(id)
                .query((row, _) -> row.getBytes(1))
                .optional()
                .map(bytes -> CaseCodec.read(stage.deployments, process, bytes))
                .orElse(null);
    }

    private void theJournalHasJustWhatWasAcknowledged() {
        var written = new LinkedHashMap<Place, List<Event>>();
        for (long id : cases) {
            new Journal(stage.sql, stage.deployments)
                    .all(id)
                    .forEach(entry -> written.put(new Place(id, entry.seq()), entry.events()));
        }
        assertThat(written).as("seed %d", SEED).isEqualTo(acknowledged);
    }

    private void noActWasDoneTwice() {
        int most = Objects.requireNonNull(new Crew().policy("chase", 1)).acts().size();
        var acts = new LinkedHashMap<String, Integer>();
        int sent = 0;
        for (var entry : acknowledged.entrySet()) {
            for (var event : entry.getValue()) {
                int step = switch (event) {
                    case Event.ReminderSent reminder -> reminder.step();
                    case Event.Escalated escalated -> escalated.step();
                    case Event.ActSkipped skipped -> skipped.step();
                    default -> 0;
                };
                if (step != 0) {
                    acts.merge(entry.getKey().caseId() + " " + step, 1, Integer::sum);
                    sent += event instanceof Event.ActSkipped ? 0 : 1;
                }
            }
        }
        assertThat(acts.values())
                .as("acts done at each step, seed %d", SEED)
                .isNotEmpty()
                .allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(most));
        assertThat(stage.sql
                        .sql("select count(*) from delivery where kind in (1, 2)")
                        .query(Integer.class)
                        .single())
                .as("what is to be sent, seed %d", SEED)
                .isPositive()
                .isEqualTo(sent);
    }
}
