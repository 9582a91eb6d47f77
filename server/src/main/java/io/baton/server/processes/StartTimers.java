package io.baton.server.processes;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.StartSchedule;
import io.baton.engine.model.ProcessModel;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Committer;
import io.baton.server.commit.Request;
import io.baton.server.pumps.Pump;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Starts cases whose start event is a timer. Only the newest version of a process starts by itself; a start that was
 * missed while no node ran is made up for once.
 */
public final class StartTimers implements Pump.Work {

    private static final Logger log = LoggerFactory.getLogger(StartTimers.class);

    private static final Duration PAUSE_MAX = Duration.ofSeconds(1);
    private static final int STARTS_MAX = 100;

    private record Due(
            int process,
            String node,
            Instant at,
            int repeat,
            @Nullable String period) {}

    private final JdbcClient database;
    private final Committer committer;
    private final Deployments deployments;
    private final Clock clock;

    public StartTimers(JdbcClient database, Committer committer, Deployments deployments, Clock clock) {
        this.database = database;
        this.committer = committer;
        this.deployments = deployments;
        this.clock = clock;
    }

    static void replace(JdbcClient database, ProcessModel model, int process, Instant now) {
        database.sql("delete from start_timer t using process p where p.id = t.process_id and p.key = ?")
                .param(model.key())
                .update();
        for (var start : Deployments.timerStarts(model)) {
            StartSchedule.first(start, now)
                    .ifPresent(next -> database.sql("insert into start_timer values (?, ?, ?, ?, cast(? as text))")
                            .param(1, process)
                            .param(2, start.id())
                            .param(3, next.due().atOffset(ZoneOffset.UTC))
                            .param(4, next.repeat())
                            .param(5, next.period())
                            .update());
        }
    }

    /** The idempotency key is the timer's own time, so that two nodes start one case. */
    @Override
    public Duration tick() {
        deployments.refresh(); // what other nodes have deployed is noticed here
        var now = clock.instant();
        var due = database.sql(
                        "select process_id, node, due_at, repeat, period from start_timer where due_at <= ? order by due_at limit ?")
                .param(now.atOffset(ZoneOffset.UTC))
                .param(STARTS_MAX)
                .query((row, _) -> new Due(
                        row.getInt(1),
                        row.getString(2),
                        row.getTimestamp(3).toInstant(),
                        row.getInt(4),
                        row.getString(5)))
                .list();
        var started = due.stream().filter(timer -> starts(timer, now)).count();
        return due.size() == STARTS_MAX && started > 0 ? Duration.ZERO : PAUSE_MAX;
    }

    /** One start that fails must not keep the others from theirs; it stays due and is tried again. */
    private boolean starts(Due timer, Instant now) {
        try {
            return start(timer, now);
        } catch (RuntimeException e) {
            log.warn(
                    "The timer {} of process version {} could not start a case; it is tried again",
                    timer.node(),
                    timer.process(),
                    e);
            return false;
        }
    }

    private boolean start(Due timer, Instant now) {
        var once = UUID.nameUUIDFromBytes((timer.process() + "\n" + timer.node() + "\n" + timer.at())
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var command = new Command.StartCase(
                timer.process(),
                timer.node(),
                deployments.require(timer.process()).deployedBy(),
                new LinkedHashMap<>());
        var answer = committer.perform(new Request(
                committer.nextCaseId(), command, Actor.TIMER, null, new Request.Idempotency(once, once), false));
        if (answer instanceof Answer.Done) {
            advance(timer, now);
            return true;
        }
        log.warn(
                "The timer {} of process version {} could not start a case: {}; it is tried again",
                timer.node(),
                timer.process(),
                answer);
        return false;
    }

    private void advance(Due timer, Instant now) {
        var next = StartSchedule.next(timer.at(), timer.repeat(), timer.period(), now);
        if (next.isEmpty()) {
            database.sql("delete from start_timer where process_id = ? and node = ? and due_at <= ?")
                    .param(timer.process())
                    .param(timer.node())
                    .param(now.atOffset(ZoneOffset.UTC))
                    .update();
        } else {
            database.sql(
                            "update start_timer set due_at = ?, repeat = ? where process_id = ? and node = ? and due_at <= ?")
                    .param(next.get().due().atOffset(ZoneOffset.UTC))
                    .param(next.get().repeat())
                    .param(timer.process())
                    .param(timer.node())
                    .param(now.atOffset(ZoneOffset.UTC))
                    .update();
        }
    }
}
