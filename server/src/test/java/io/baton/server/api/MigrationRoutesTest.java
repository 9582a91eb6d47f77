package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Request;
import io.baton.server.verify.Verify;
import io.baton.server.web.TestClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Running cases to another version: tried, done in portions, undone; the history before it can still be read. */
class MigrationRoutesTest {

    private static final Company COMPANY = new Company();

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private static TestProcess first(String key) {
        return TestProcess.of(key, "MIG")
                .then("startEvent", "start")
                .then(task("call", "Call back"))
                .then(task("file", "File it"))
                .then("endEvent", "end");
    }

    /** One step more in front, and another id for the last one. */
    private static TestProcess second(String key) {
        return TestProcess.of(key, "MIG")
                .then("startEvent", "start")
                .then(task("greet", "Greet"))
                .then(task("call", "Call back"))
                .then(task("archive", "File it"))
                .then("endEvent", "end");
    }

    private static TestProcess third(String key) {
        return TestProcess.of(key, "MIG")
                .then("startEvent", "start")
                .then(task("call", "Call back"))
                .then(task("check", "Check it"))
                .then("endEvent", "end");
    }

    private static String task(String id, String name) {
        return "<bpmn:userTask id=\"" + id + "\" name=\"" + name + "\">"
                + TestProcess.extension("<baton:task team=\"sales\"/>") + "</bpmn:userTask>";
    }

    private static JsonNode migrate(String key, int version, String query, Map<String, ?> body) {
        return COMPANY.chief
                .post("/api/processes/" + key + "/versions/" + version + "/migrations" + query, body)
                .expect(200)
                .json();
    }

    private static void complete(String caseKey) {
        var task = COMPANY.task(caseKey);
        COMPANY.adaClient.post("/api/tasks/" + task + "/claim", Map.of()).expect(200);
        COMPANY.adaClient
                .post("/api/tasks/" + task + "/completion", Map.of("variables", Map.of()))
                .expect(204);
    }

    private static void assertClean() {
        var node = COMPANY.server.bean(Node.class);
        assertThat(new Verify(node.jdbc(), node.transaction(), node.deployments())
                        .run(_ -> {})
                        .first())
                .isEmpty();
    }

    @Test
    void movesWhatCanBeMovedInPortionsAndSaysWhyTheRestStays() {
        COMPANY.deploy(first("moved"));
        var calling = COMPANY.start("moved", Map.of());
        var filing = COMPANY.start("moved", Map.of());
        complete(filing);
        var claimed = COMPANY.start("moved", Map.of());
        COMPANY.adaClient
                .post("/api/tasks/" + COMPANY.task(claimed) + "/claim", Map.of())
                .expect(200);
        COMPANY.deploy(second("moved"));

        var tried = migrate("moved", 1, "", Map.of("to", 2));
        assertThat(tried.at("/counts/POSSIBLE").asInt()).isEqualTo(2);
        assertThat(tried.at("/counts/HINDERED").asInt()).isEqualTo(1);
        var hindrance = tried.get("items").get(1).get("hindrances").get(0);
        assertThat(hindrance.get("element").asString()).isEqualTo("file");
        assertThat(hindrance.get("name").asString()).isEqualTo("File it");
        assertThat(hindrance.get("reason").asString()).isEqualTo("it is open and the other version does not have it");
        assertThat(hindrance.get("suggestion").asString()).isEqualTo("map it to another user task");
        assertThat(tried.get("next").isNull()).isTrue();

        var one = migrate("moved", 1, "?dryRun=false&limit=1", Map.of("to", 2));
        assertThat(one.at("/items/0/caseKey").asString()).isEqualTo(calling);
        assertThat(one.at("/items/0/outcome").asString()).isEqualTo("MIGRATED");
        assertThat(one.get("left").asInt()).isEqualTo(2);
        var rest = migrate(
                "moved",
                1,
                "?dryRun=false&cursor=" + one.get("next").asString(),
                Map.of("to", 2, "moves", Map.of("file", "archive")));
        assertThat(rest.at("/counts/MIGRATED").asInt()).isEqualTo(2);
        assertThat(migrate("moved", 1, "?dryRun=false", Map.of("to", 2)).get("items"))
                .isEmpty();

        assertThat(COMPANY.adaClient
                        .get("/api/tasks/" + COMPANY.task(claimed))
                        .json()
                        .at("/holder/id")
                        .asString())
                .isEqualTo(COMPANY.ada);
        assertThat(COMPANY.adaClient
                        .get("/api/cases/" + filing + "/journal")
                        .expect(200)
                        .body())
                .contains("Call back", "The case goes on in another version of its process");
        COMPANY.adaClient.get("/api/cases/" + filing + "/ledger").expect(200);
        assertClean();
        complete(filing);
        complete(calling);
        complete(calling);
        assertThat(COMPANY.read(filing).get("state").asString()).isEqualTo("completed");
        assertThat(COMPANY.read(calling).get("state").asString()).isEqualTo("completed");
        assertClean();
    }

    @Test
    void movesChosenCasesBack() {
        COMPANY.deploy(first("undone"));
        COMPANY.deploy(second("undone"));
        var one = COMPANY.start("undone", Map.of());
        complete(one);
        var other = COMPANY.start("undone", Map.of());
        complete(other);

        var back = migrate("undone", 2, "?dryRun=false", Map.of("to", 1, "cases", List.of(one)));
        assertThat(back.get("items")).hasSize(1);
        assertThat(back.at("/items/0/outcome").asString()).isEqualTo("MIGRATED");
        assertThat(migrate("undone", 2, "?dryRun=false", Map.of("to", 1, "cases", List.of(one)))
                        .at("/items/0/outcome")
                        .asString())
                .isEqualTo("GONE");
        migrate("undone", 1, "?dryRun=false", Map.of("to", 2, "cases", List.of(one)));
        complete(one);
        complete(one);
        assertThat(COMPANY.read(one).get("state").asString()).isEqualTo("completed");
        assertThat(COMPANY.read(other).get("state").asString()).isEqualTo("open");
        assertClean();
    }

    /** People go on working meanwhile; each portion says how far it is, and what it counts is what happened. */
    @Test
    void movesManyCasesWhilePeopleWorkAtThem() throws InterruptedException {
        COMPANY.deploy(first("many"));
        var node = COMPANY.server.bean(Node.class);
        var cases = started(node, "many", MANY);
        COMPANY.deploy(second("many"));
        var tried = new Counts();
        assertThat(portions("many", 1, true, tried)).isEqualTo(MANY / PORTION);
        assertThat(tried.of).containsExactly(entry("POSSIBLE", MANY));

        var moving = new AtomicBoolean(true);
        var worked = new AtomicInteger();
        var people = new ArrayList<Thread>();
        for (int i = 0; i < 3; i++) {
            var random = new Random(i);
            people.add(Thread.ofPlatform().start(() -> {
                while (moving.get()) {
                    worked.addAndGet(completed(node, cases.get(random.nextInt(MANY))));
                }
            }));
        }
        var done = new Counts();
        portions("many", 1, false, done);
        moving.set(false);
        for (var person : people) {
            person.join();
        }
        assertThat(worked.get()).isPositive();
        assertThat(done.of.get("MIGRATED")).isEqualTo(migrations(node, "many"));

        // Who was at the step that is gone stayed, and is told; nobody else did.
        var stayed = new Counts();
        portions("many", 1, true, stayed);
        assertThat(stayed.of.keySet()).isSubsetOf("HINDERED");
        assertThat(stayed.of.getOrDefault("HINDERED", 0)).isEqualTo(openIn(node, "many", 1));
        assertClean();
    }

    private static final int MANY = 600;
    private static final int PORTION = 40;

    private static final class Counts {
        private final Map<String, Integer> of = new TreeMap<>();
    }

    /** All portions one after the other: how many there were. What is left becomes less by each. */
    private static int portions(String key, int version, boolean dryRun, Counts counts) {
        int portions = 0;
        long left = Long.MAX_VALUE;
        for (var cursor = "0"; cursor != null; portions++) {
            var portion = migrate(
                    key,
                    version,
                    "?dryRun=" + dryRun + "&limit=" + PORTION + "&cursor=" + cursor,
                    Map.of("to", 3 - version));
            int items = 0;
            for (var count : portion.get("counts").properties()) {
                counts.of.merge(count.getKey(), count.getValue().asInt(), Integer::sum);
                items += count.getValue().asInt();
            }
            assertThat(portion.get("items")).hasSize(items);
            assertThat(portion.get("left").asLong()).isLessThan(left);
            left = portion.get("left").asLong();
            cursor = portion.get("next").isNull() ? null : portion.get("next").asString();
        }
        return portions;
    }

    private static List<Long> started(Node node, String key, int count) {
        var process = node.deployments().newestVersion(key).orElseThrow().id();
        var start = new Command.StartCase(process, null, COMPANY.ada, new LinkedHashMap<>());
        var answers = new LinkedHashMap<Long, CompletableFuture<Answer>>();
        for (int i = 0; i < count; i++) {
            var id = node.committer().nextCaseId();
            answers.put(id, node.committer().submit(Request.of(id, start, Actor.person(COMPANY.ada))));
        }
        answers.values().forEach(answer -> assertThat(answer.join()).isInstanceOf(Answer.Done.class));
        return List.copyOf(answers.keySet());
    }

    /** How many tasks of the case were completed. */
    private static int completed(Node node, long id) {
        int completed = 0;
        for (var task : node.tasks().ofCase(id)) {
            var complete = new Command.CompleteTask(task.step(), new LinkedHashMap<>());
            var answer = node.committer().perform(Request.of(id, complete, Actor.person(COMPANY.ada)));
            completed += answer instanceof Answer.Done ? 1 : 0;
        }
        return completed;
    }

    private static int migrations(Node node, String key) {
        return node.jdbc()
                .sql("select count(*) from migration m join process p on p.id = m.process_to where p.key = ?")
                .param(key)
                .query(Integer.class)
                .single();
    }

    private static int openIn(Node node, String key, int version) {
        return node.jdbc()
                .sql("select count(*) from cases where process_id = ? and ended_at is null")
                .param(node.deployments().find(key, version).orElseThrow().id())
                .query(Integer.class)
                .single();
    }

    @Test
    void refusesASecondOneOfAVersionWhileOneRuns() {
        var other = COMPANY.server.signedIn(COMPANY.server.addAdministrator("Second"));
        COMPANY.deploy(first("once"));
        for (int i = 0; i < 3; i++) {
            COMPANY.start("once", Map.of());
        }
        COMPANY.deploy(second("once"));
        COMPANY.deploy(third("once"));
        var path = "/api/processes/once/versions/1/migrations";
        migrate("once", 1, "?dryRun=false&limit=1", Map.of("to", 2));

        var refused =
                other.post(path + "?dryRun=false", Map.of("to", 3)).expect(409).json();
        assertThat(refused.get("code").asString()).isEqualTo("MigrationUnderWay");
        assertThat(refused.get("detail").asString())
                .startsWith("Chief has been moving the cases of version 1 to version 2 since 20");
        other.post(path + "?dryRun=false", Map.of("to", 2)).expect(409);
        other.post(path + "?dryRun=false", Map.of("to", 3, "cases", List.of("MIG-1")))
                .expect(409);
        COMPANY.chief.post(path + "?dryRun=false", Map.of("to", 3)).expect(409);
        other.post(path, Map.of("to", 3)).expect(200); // trying moves nothing

        migrate("once", 1, "?dryRun=false&limit=1", Map.of("to", 2));
        COMPANY.server
                .bean(Node.class)
                .jdbc()
                .sql("update migration_under_way set seen_at = seen_at - interval '2 minutes 1 second'")
                .update();
        var rest =
                other.post(path + "?dryRun=false", Map.of("to", 3)).expect(200).json();
        assertThat(rest.at("/counts/MIGRATED").asInt()).isEqualTo(1);
        assertThat(migrate("once", 1, "?dryRun=false", Map.of("to", 2)).get("items"))
                .isEmpty();
        assertClean();
    }

    /** Each takes up again at once what is refused, until nothing is left. */
    @Test
    void twoWhoBeginAtOnceMoveEachCaseOnce() throws InterruptedException {
        COMPANY.deploy(first("raced"));
        var node = COMPANY.server.bean(Node.class);
        var cases = started(node, "raced", 200);
        COMPANY.deploy(second("raced"));
        COMPANY.deploy(third("raced"));
        var people = new ArrayList<Thread>();
        var ready = new CyclicBarrier(2);
        var moved = new ConcurrentLinkedQueue<Integer>();
        for (int target : List.of(2, 3)) {
            var admin = COMPANY.server.signedIn(COMPANY.server.addAdministrator("Admin " + target));
            people.add(Thread.ofPlatform().start(() -> moved.add(movedTo(admin, "raced", target, ready))));
        }
        for (var person : people) {
            person.join();
        }
        assertThat(moved).as("all by one of the two").containsExactlyInAnyOrder(0, cases.size());
        assertThat(migrations(node, "raced")).isEqualTo(cases.size());
        assertThat(openIn(node, "raced", 1)).isZero();
        assertClean();
    }

    private static int movedTo(TestClient admin, String key, int target, CyclicBarrier ready) {
        try {
            ready.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
        int moved = 0;
        for (var cursor = "0"; cursor != null; ) {
            var answer = admin.post(
                    "/api/processes/" + key + "/versions/1/migrations?dryRun=false&limit=20&cursor=" + cursor,
                    Map.of("to", target));
            if (answer.status() == 409) {
                continue;
            }
            var portion = answer.expect(200).json();
            moved += portion.at("/counts/MIGRATED").asInt();
            cursor = portion.get("next").isNull() ? null : portion.get("next").asString();
        }
        return moved;
    }

    /** What was answered in a task stands in the entry of then, in the words of the version of then. */
    @Test
    void whatWasAnsweredBeforeCanStillBeRead() {
        COMPANY.deploy(first("answered"));
        var key = COMPANY.start("answered", Map.of());
        var task = COMPANY.task(key);
        COMPANY.adaClient.post("/api/tasks/" + task + "/claim", Map.of()).expect(200);
        COMPANY.adaClient
                .post("/api/tasks/" + task + "/completion", Map.of("variables", Map.of("said", "yes")))
                .expect(204);
        COMPANY.deploy(second("answered"));
        migrate("answered", 1, "?dryRun=false", Map.of("to", 2, "moves", Map.of("file", "archive")));
        var done = COMPANY.adaClient.get("/api/tasks/done").expect(200).json().get("items");
        assertThat(done.get(0).get("caseKey").asString()).isEqualTo(key);
        assertThat(done.get(0).toString()).contains("Call back", "said");
    }

    @Test
    void refusesWhatItCannotRead() {
        COMPANY.deploy(first("refused"));
        var path = "/api/processes/refused/versions/1/migrations";
        COMPANY.chief.post(path, Map.of()).expect(422);
        COMPANY.chief.post(path, Map.of("to", 1)).expect(422);
        COMPANY.chief.post(path, Map.of("to", 7)).expect(404);
        COMPANY.chief.post(path + "?limit=201", Map.of("to", 2)).expect(422);
        COMPANY.chief.post(path, Map.of("to", 2, "cases", List.of("nothing"))).expect(422);
        COMPANY.adaClient.post(path, Map.of("to", 2)).expect(403);
    }
}
