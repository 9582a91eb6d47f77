package io.baton.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.Event;
import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.commit.Answer;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.commit.Request;
import io.baton.server.database.Database;
import io.baton.server.database.Databases;
import io.baton.server.migration.Migrations;
import io.baton.server.verify.Verify;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Baton is killed in the middle of moving many cases to another version, while people work at them, and once PostgreSQL
 * with it. Whoever begins again from the start ends with each case moved once. The same moments again: {@code -Dseed=…}.
 */
class MigrationKillTest {

    private static final int CASES = 1_500;
    private static final int KILLS = 3;
    private static final int PORTION = 50;
    private static final long SEED = Long.getLong("seed", new Random().nextLong());
    private static final Actor CHIEF = Actor.person("p1");

    private final Random random = new Random(SEED);
    private Path folder = Path.of("");

    @BeforeEach
    void createFolder() throws IOException {
        folder = Victim.folder();
    }

    @AfterEach
    void deleteFolder() throws IOException {
        Victim.delete(folder);
    }

    @Test
    void whoeverBeginsAgainMovesEachCaseOnce() throws IOException {
        var data = folder.resolve("data");
        try (var database = Databases.open(null, data);
                var node = node(database)) {
            deploy(node, TestProcess.twoTasks());
            startCases(node);
            deploy(node, longer());
        }
        var told = new LinkedHashSet<Long>();
        for (int kill = 0; kill < KILLS; kill++) {
            try (var victim = Victim.start(data, MigrationKillTest.class, List.of(Long.toString(random.nextLong())))) {
                victim.doneUntilKilled(1 + random.nextInt(CASES / KILLS), kill == 1)
                        .forEach(done -> assertThat(told.add(done.caseId()))
                                .as("case %d was not told before, seed %d", done.caseId(), SEED)
                                .isTrue());
            }
        }
        try (var database = Databases.open(null, data);
                var node = node(database)) {
            int left = openIn(node, 1);
            assertThat(left).as("left by the kills, seed %d", SEED).isPositive();
            move(node, _ -> {});
            assertThat(openIn(node, 1)).isZero();
            assertThat(openIn(node, 2)).isPositive();
            var times = timesMoved(node);
            assertThat(times.values()).as("seed %d", SEED).containsOnly(1);
            assertThat(times.keySet()).as("what was told, seed %d", SEED).containsAll(told);
            assertThat(new Verify(node.jdbc(), node.transaction(), node.deployments())
                            .run(_ -> {})
                            .first())
                    .as("seed %d", SEED)
                    .isEmpty();
        }
    }

    /** The child's own program: it moves all cases, while three people complete their tasks. */
    static void main(String[] args) {
        var node = node(Databases.open(null, Path.of(args[0])));
        node.startPumps();
        var cases = node.jdbc()
                .sql("select id from cases order by id")
                .query(Long.class)
                .list();
        for (int i = 0; i < 3; i++) {
            var random = new Random(Long.parseLong(args[1]) + i);
            Thread.ofPlatform().start(() -> {
                while (true) {
                    var id = cases.get(random.nextInt(cases.size()));
                    for (var task : node.tasks().ofCase(id)) {
                        var complete = new Command.CompleteTask(task.step(), new LinkedHashMap<>());
                        var _ = node.committer().perform(Request.of(id, complete, CHIEF));
                    }
                }
            });
        }
        move(node, id -> Victim.say(Victim.line(new Client.Done(0, 0, id, 0))));
    }

    private static void move(Node node, java.util.function.LongConsumer told) {
        var migrations = new Migrations(node.jdbc(), node.deployments(), node.committer());
        var plan = new Migrations.Plan(version(node, 1), version(node, 2), new LinkedHashMap<>());
        for (Long after = 0L; after != null; ) {
            var portion = migrations.moved(plan, after, PORTION, node.clock().instant(), CHIEF);
            for (var result : portion.results()) {
                if (result.outcome() == Migrations.Outcome.MIGRATED) {
                    told.accept(result.caseId());
                }
            }
            after = portion.next();
        }
    }

    private static Map<Long, Integer> timesMoved(Node node) {
        var times = new LinkedHashMap<Long, Integer>();
        for (var id : node.jdbc().sql("select id from cases").query(Long.class).list()) {
            for (var entry : node.journal().all(id)) {
                if (entry.events().stream().anyMatch(Event.CaseMigrated.class::isInstance)) {
                    times.merge(id, 1, Integer::sum);
                }
            }
        }
        return times;
    }

    private static Node node(Database database) {
        return new Node(database, LocalWorkers.NONE, Clock.systemUTC());
    }

    private static void deploy(Node node, TestProcess process) {
        var _ = node.deployments().deploy(process.sources(), "p1");
    }

    private static int version(Node node, int version) {
        return node.deployments().find("two-tasks", version).orElseThrow().id();
    }

    /** With a step more in front, so that every element has another number. */
    private static TestProcess longer() {
        return TestProcess.of("two-tasks", "TWO")
                .then("startEvent", "start")
                .then("userTask", "before")
                .then("userTask", "first")
                .then("userTask", "second")
                .then("endEvent", "end");
    }

    private static void startCases(Node node) {
        var answers = new ArrayList<CompletableFuture<Answer>>();
        for (int i = 0; i < CASES; i++) {
            var start = new Command.StartCase(version(node, 1), null, "p1", new LinkedHashMap<>());
            answers.add(node.committer().submit(Request.of(node.committer().nextCaseId(), start, CHIEF)));
        }
        answers.forEach(answer -> assertThat(answer.join()).isInstanceOf(Answer.Done.class));
    }

    private static int openIn(Node node, int version) {
        return node.jdbc()
                .sql("select count(*) from cases where process_id = ? and ended_at is null")
                .param(version(node, version))
                .query(Integer.class)
                .single();
    }
}
