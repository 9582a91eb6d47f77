package io.baton.server.demo;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.Refusal;
import io.baton.engine.codec.Decoder;
import io.baton.server.Node;
import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Request;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Organisation;
import io.baton.server.processes.Deployments;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes the company and its history into an empty database. Every command goes through the committer, at its own time.
 * Playing needs no database, so it may be under way before there is one.
 */
final class DemoLoad implements AutoCloseable {

    /** Cases on their way at once; each has one command in the committer's queues. */
    private static final int IN_FLIGHT_MAX = 512;

    /** More than the acts of any policy. */
    private static final int ROUNDS_MAX = 200;

    private static final CompletableFuture<Answer> NOT_ASKED =
            CompletableFuture.completedFuture(new Answer.Refused(Refusal.SLOT_TAKEN, "the case waits"));

    record Totals(int cases, int commands) {}

    private record Playing(History.Entrance entrance, Future<List<CaseSimulation.Given>> given) {}

    private final List<Edition> editions;
    private final Stage stage;
    private final History history;
    private final ExecutorService players =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    private final Instant now;
    private final List<Playing> playing = new ArrayList<>();

    /** Starts playing at once. */
    DemoLoad(List<Edition> editions, Company company, long seed, Instant now) {
        this.editions = editions;
        this.now = now;
        this.stage = new Stage(editions, company, now);
        this.history = new History(stage, seed, now);
        for (var entrance : history.entrances()) {
            playing.add(new Playing(entrance, players.submit(entrance.play())));
        }
    }

    Totals into(Node node) throws InterruptedException {
        people(node.directory());
        new Customs(stage.company()).into(node);
        var numbers = deploy(node);
        var totals = commands(node, numbers);
        node.durations().tick(); // the clocks that strike now know what is usual
        strikeClocks(node);
        node.channels().letGo();
        return totals;
    }

    /**
     * What happened by itself while nobody acted, at its time: reminders, escalations, incidents. One stroke of a case at a
     * time, the earliest first: the committer promises no order among those that wait.
     */
    private void strikeClocks(Node node) throws InterruptedException {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            var due = node.jdbc()
                    .sql("""
                            select distinct on (case_id) case_id, id, (extract(epoch from due_at) * 1000000)::bigint
                            from timer where id <= 0 and due_at <= ? order by case_id, due_at, id""")
                    .param(now.atOffset(ZoneOffset.UTC))
                    .query((row, _) -> new Request(
                            row.getLong(1),
                            new Command.FireTimer(row.getInt(2)),
                            Actor.TIMER,
                            Decoder.instant(row.getLong(3)),
                            null,
                            false))
                    .list();
            if (due.isEmpty()) {
                return;
            }
            var answers = due.stream().map(node.committer()::submit).toList();
            answers.forEach(CompletableFuture::join);
        }
        throw new IllegalStateException("The clocks of the demo go on striking");
    }

    private void people(Directory directory) {
        var company = stage.company();
        directory.setOrganisation(new Organisation(company.name(), true));
        company.groups().forEach(group -> directory.putTeam(group.key(), group.name(), group.kind()));
        int number = 0;
        for (var person : company.people()) {
            var id = directory.add(person).orElseThrow();
            if (!id.equals("p" + ++number)) {
                throw new IllegalStateException("Expected " + person.name() + " to become p" + number + ", not " + id);
            }
        }
    }

    /** Each version was there before its first case. Returns the store's number of each of the stage's. */
    private Map<Integer, Integer> deploy(Node node) {
        var numbers = new HashMap<Integer, Integer>();
        for (var edition : editions) {
            var at = stage.publishedAt(edition.daysAgo());
            var clock = Clock.fixed(at, stage.company().zone());
            var deployments = new Deployments(node.jdbc(), node.transaction(), clock);
            for (var deployed : deployments.deploy(edition.sources(), Company.LEADER)) {
                var version = deployed.version();
                node.audit().within(() -> {
                    var what = Audit.What.subject(version.key()).with("version " + version.version());
                    node.audit().add(at, Audit.Who.person(Company.LEADER), Act.PROCESS_DEPLOYED, what);
                });
                numbers.put(numbers.size() + 1, version.id());
            }
        }
        node.deployments().refresh();
        return numbers;
    }

    /**
     * Cases in the order of their beginnings, so that their numbers rise with time; some at once, the commands of each one
     * after the other, for the committer promises no order among those that wait.
     */
    private Totals commands(Node node, Map<Integer, Integer> numbers) throws InterruptedException {
        var places = new Semaphore(IN_FLIGHT_MAX);
        var failure = new AtomicReference<@Nullable Throwable>();
        int commands = 0;
        for (var each : playing) {
            var id = node.committer().nextCaseId();
            var given = played(each);
            commands += given.size();
            places.acquire();
            var done = CompletableFuture.completedFuture(true);
            for (var one : given) {
                var request = new Request(id, numbered(one.command(), numbers), one.actor(), one.at(), null, false);
                done = done.thenCompose(on -> on ? node.committer().submit(request) : NOT_ASKED)
                        .thenApply(answer -> isDone(request, answer));
            }
            var _ = done.whenComplete((_, thrown) -> {
                places.release();
                if (thrown != null) {
                    failure.compareAndSet(null, thrown);
                }
            });
        }
        places.acquire(IN_FLIGHT_MAX);
        if (failure.get() != null) {
            throw new IllegalStateException("The demo could not be loaded", failure.get());
        }
        return new Totals(playing.size(), commands);
    }

    private static boolean isDone(Request request, Answer answer) {
        if (answer instanceof Answer.Done) {
            return true;
        }
        if (answer instanceof Answer.Refused(var reason, var _)
                && (reason == Refusal.SLOT_TAKEN || reason == Refusal.NO_SLOT)) {
            return false; // on a holiday, or another has it: the case still waits for somebody to choose a time
        }
        throw new IllegalStateException(request + " got " + answer);
    }

    private static List<CaseSimulation.Given> played(Playing each) throws InterruptedException {
        try {
            return each.given().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "A " + each.entrance().process() + " that began at "
                            + each.entrance().start() + " could not be played",
                    e.getCause());
        }
    }

    private static Command numbered(Command command, Map<Integer, Integer> numbers) {
        return command instanceof Command.StartCase start
                ? new Command.StartCase(
                        numbers.getOrDefault(start.process(), start.process()),
                        start.start(),
                        start.owner(),
                        start.variables())
                : command;
    }

    @Override
    public void close() {
        players.shutdownNow();
    }
}
