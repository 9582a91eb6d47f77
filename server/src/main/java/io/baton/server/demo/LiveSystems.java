package io.baton.server.demo;

import io.baton.engine.Actor;
import io.baton.engine.Event;
import io.baton.engine.Values;
import io.baton.server.Node;
import io.baton.server.commit.Answer;
import io.baton.server.jobs.Jobs;
import io.baton.server.messages.Messages;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The company's systems while the demo runs: they do jobs after a few seconds, as workers of their own would, and report
 * what the outside world does. People's tasks are left to the visitor.
 */
final class LiveSystems implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LiveSystems.class);

    /** What a system or the world reports by itself, and after how many seconds. */
    private static final Map<String, Integer> REPORTS =
            Map.of("goods-picked", 6, "parcel-delivered", 15, "prepayment-received", 20, "goods-received", 20);

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(20);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
    private static final int WORK_MILLIS_MIN = 800;
    private static final int WORK_MILLIS_MAX = 3_000;

    private final Node node;
    private final Dice dice;
    private final List<Thread> workers = new ArrayList<>();
    private final ScheduledExecutorService world =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
    private volatile boolean closing;

    LiveSystems(Node node, long seed) {
        this.node = node;
        this.dice = new Dice(seed, -1);
    }

    void start() {
        Systems.JOB_TYPES.forEach((system, types) ->
                workers.add(Thread.ofVirtual().name("demo-" + system).start(() -> run(system, types))));
        node.committer().onCommit(done -> done.forEach(this::listen));
    }

    private void run(String system, List<String> types) {
        while (!closing) {
            try {
                for (var job : node.jobs().activate(types, "demo-" + system, 1, LEASE, WAIT)) {
                    Thread.sleep(workMillis());
                    answer(job);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (!closing) {
                    log.warn("The demo's {} failed; it goes on in {} s", system, PAUSE_AFTER_FAILURE.toSeconds(), e);
                    pause();
                }
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized int workMillis() {
        return dice.between(WORK_MILLIS_MIN, WORK_MILLIS_MAX);
    }

    /** Does one job, as the history did the same. A case that has gone on meanwhile refuses, which is no harm. */
    synchronized void answer(Jobs.Job job) {
        var row = node.cases().find(job.caseId());
        if (row.isEmpty()) {
            return;
        }
        var state = node.cases().state(row.get());
        var step = state.step(job.step());
        if (step == null || step.job() == null) {
            return;
        }
        var now = node.clock().instant();
        var today = LocalDate.ofInstant(now, node.clock().getZone());
        var scene = new Scene(dice, now, today, state.visible(step), 0, job.type());
        var worker = Actor.system("worker:" + job.type());
        switch (Systems.answer(job.type(), scene, 0)) {
            case Systems.Answer.Done(var results) ->
                note(node.jobs().complete(job.caseId(), job.step(), Values.variables(results), worker, null));
            case Systems.Answer.Error(var code, var variables) ->
                note(node.jobs()
                        .throwError(job.caseId(), job.step(), code, null, Values.variables(variables), worker, null));
            case Systems.Answer.Failed(var message) ->
                note(node.jobs().fail(job.caseId(), job.step(), message, null, RETRY, worker, null));
        }
    }

    private static void note(Answer answer) {
        if (answer instanceof Answer.Refused refused) {
            log.debug("A demo job was refused: {}", refused.message());
        }
    }

    private void listen(Answer.Done done) {
        for (var event : done.events()) {
            if (event instanceof Event.MessageAwaited awaited && REPORTS.containsKey(awaited.name()) && !closing) {
                var _ = world.schedule(
                        () -> report(awaited), REPORTS.getOrDefault(awaited.name(), 0), TimeUnit.SECONDS);
            }
        }
    }

    private void report(Event.MessageAwaited awaited) {
        try {
            var message =
                    new Messages.Message(awaited.name(), awaited.key(), new LinkedHashMap<>(), null, Duration.ZERO);
            log.debug(
                    "{} about {}: {}",
                    awaited.name(),
                    awaited.key(),
                    node.messages().publish(message, Actor.MESSAGE, null));
        } catch (RuntimeException e) {
            log.warn("The demo could not report {} about {}; the case waits on", awaited.name(), awaited.key(), e);
        }
    }

    @Override
    public void close() {
        closing = true;
        world.shutdownNow();
        workers.forEach(Thread::interrupt);
    }
}
