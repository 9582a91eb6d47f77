package io.baton.bench;

import io.baton.bench.contender.Caller;
import io.baton.bench.contender.Contender;
import io.baton.bench.contender.ContenderDatabase;
import io.baton.bench.contender.Workload;
import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.Event;
import io.baton.engine.Values;
import io.baton.server.Node;
import io.baton.server.commit.Answer;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.commit.Request;
import io.baton.server.database.Database;
import io.baton.server.database.Databases;
import io.baton.server.processes.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Baton in process, with nothing switched off: journal, hash chain, custody of every step, timers' loop. A caller learns
 * its tasks from the answers to its commands, which is how an application that embeds Baton gets them.
 */
public final class BatonContender implements Contender {

    private static final Actor STARTER = Actor.person("starter");

    private final Database database;
    private final Node node;
    private final Map<Workload, Integer> processes = new EnumMap<>(Workload.class);

    BatonContender(ContenderDatabase contender) {
        database = Databases.open(contender.url(), Path.of("unused"));
        node = new Node(database, new LocalWorkers(Map.of("add", BatonContender::add)), Clock.systemUTC());
        node.startPumps();
    }

    /** W2's service task: reads a variable, sets one. */
    private static Map<String, Object> add(Map<String, @Nullable Object> variables) {
        return variables.get("count") instanceof BigDecimal count
                ? Map.of("count", count.add(BigDecimal.ONE))
                : Map.of();
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public void prepare(Workload workload) {
        var name = workload.name() + ".bpmn";
        try (var file = BatonContender.class.getResourceAsStream("/baton/" + name)) {
            if (file == null) {
                throw new IllegalStateException("Expected /baton/" + name + " on the classpath");
            }
            var sources = Sources.of(List.of(new Sources.File(name, file.readAllBytes())));
            processes.put(
                    workload,
                    node.deployments()
                            .deploy(sources, "bench")
                            .getFirst()
                            .version()
                            .id());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void runCase(Workload workload, Caller caller) {
        switch (workload) {
            case W1 -> {
                var started = start(workload);
                var completed = complete(started, openedIn(started).getFirst(), caller, approved());
                complete(completed, openedIn(completed).getFirst(), caller, new LinkedHashMap<>());
            }
            case W2 -> caller.completing(() -> start(workload));
            case W3 -> {
                var started = start(workload);
                openedIn(started).forEach(task -> complete(started, task, caller, new LinkedHashMap<>()));
            }
        }
    }

    private Answer.Done start(Workload workload) {
        var process = processes.get(workload);
        if (process == null) {
            throw new IllegalStateException(workload + " is not prepared");
        }
        var command = new Command.StartCase(process, null, STARTER.id(), Values.variables(workload.variables()));
        return perform(Request.of(node.committer().nextCaseId(), command, STARTER));
    }

    private static List<Integer> openedIn(Answer.Done answer) {
        return answer.events().stream()
                .filter(Event.TaskOpened.class::isInstance)
                .map(event -> ((Event.TaskOpened) event).step())
                .toList();
    }

    private static SequencedMap<String, @Nullable Object> approved() {
        return Values.variables(Map.of("approved", true));
    }

    private Answer.Done complete(
            Answer.Done where, int task, Caller caller, SequencedMap<String, @Nullable Object> variables) {
        var person = Actor.person(caller.person());
        perform(Request.of(where.caseId(), new Command.ClaimTask(task), person));
        var done = new Answer.Done[1];
        caller.completing(
                () -> done[0] = perform(Request.of(where.caseId(), new Command.CompleteTask(task, variables), person)));
        return done[0];
    }

    private Answer.Done perform(Request request) {
        return switch (node.committer().perform(request)) {
            case Answer.Done done -> done;
            case Answer other -> throw new IllegalStateException("Expected the command to be done, but: " + other);
        };
    }

    /** Words of finished cases wait for a quieter moment. */
    @Override
    public void settle() {
        while (!node.finishedWords().catchUp()) {
            // the next batch
        }
    }

    @Override
    public long endedCases(Workload workload) {
        return node.jdbc()
                .sql("select count(*) from cases where process_id = ? and status = 2")
                .param(processes.get(workload))
                .query(Long.class)
                .single();
    }

    @Override
    public void close() {
        node.close();
        database.close();
    }

    /** Found by the worker as a service. */
    public static final class Opening implements Contender.Opening {
        @Override
        public Contender open(ContenderDatabase database) {
            return new BatonContender(database);
        }
    }
}
