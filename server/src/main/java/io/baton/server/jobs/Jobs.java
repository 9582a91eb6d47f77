package io.baton.server.jobs;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Committer;
import io.baton.server.commit.Request;
import io.baton.server.commit.Wakeup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Open jobs, leased to workers for a time. A lease is a courtesy between workers, not a right: whoever completes the job
 * first has done it.
 */
public final class Jobs {

    /** Another node's commit is noticed by looking again this often. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private static final String LEASE = """
            update job j set worker = ?, leased_until = ?
            from (
                select case_id, step from job
                where type = any(?::text[]) and retries > 0 and (leased_until is null or leased_until < ?)
                order by case_id, step limit ? for update skip locked) w
            where j.case_id = w.case_id and j.step = w.step
            returning j.case_id, j.step, j.process_id, j.node, j.type, j.retries""";

    private final JdbcClient database;
    private final Committer committer;
    private final Clock clock;
    private final Workers workers;
    private final Wakeup wakeup = new Wakeup();

    public Jobs(JdbcClient database, Committer committer, Clock clock) {
        this.database = database;
        this.committer = committer;
        this.clock = clock;
        this.workers = new Workers(clock);
        committer.onCommit(done -> {
            if (done.stream()
                    .flatMap(answer -> answer.events().stream())
                    .anyMatch(io.baton.engine.Event.JobOpened.class::isInstance)) {
                wakeup.signal();
            }
        });
    }

    public Workers workers() {
        return workers;
    }

    public record Job(long caseId, int step, int process, int node, String type, int retries, Instant leasedUntil) {}

    /** Leases up to {@code max} jobs; when there are none, waits for one up to {@code wait}. */
    public List<Job> activate(List<String> types, String worker, int max, Duration lease, Duration wait) {
        var until = System.nanoTime() + wait.toNanos();
        while (true) {
            var seen = wakeup.seen();
            var jobs = lease(types, worker, max, lease);
            workers.asked(worker, types, jobs.size());
            var left = until - System.nanoTime();
            if (!jobs.isEmpty() || left <= 0) {
                return jobs;
            }
            wakeup.await(seen, Duration.ofNanos(Math.min(left, POLL.toNanos())));
        }
    }

    private List<Job> lease(List<String> types, String worker, int max, Duration lease) {
        var now = clock.instant();
        var until = now.plus(lease);
        return database.sql(LEASE)
                .param(worker)
                .param(offset(until))
                .param(types.toArray(String[]::new))
                .param(offset(now))
                .param(max)
                .query((row, _) -> new Job(
                        row.getLong(1),
                        row.getInt(2),
                        row.getInt(3),
                        row.getInt(4),
                        row.getString(5),
                        row.getInt(6),
                        until))
                .list();
    }

    public Answer complete(
            long caseId,
            int step,
            SequencedMap<String, @Nullable Object> results,
            Actor actor,
            Request.@Nullable Idempotency key) {
        return committer.perform(new Request(caseId, new Command.CompleteJob(step, results), actor, null, key, false));
    }

    /** {@code retryIn} keeps the job away from workers for that long; null offers it again at once. */
    public Answer fail(
            long caseId,
            int step,
            String message,
            @Nullable Integer retries,
            @Nullable Duration retryIn,
            Actor actor,
            Request.@Nullable Idempotency key) {
        var answer = committer.perform(
                new Request(caseId, new Command.FailJob(step, message, retries), actor, null, key, false));
        // A repeated request is answered from memory; by now the lease may be another worker's.
        if (answer instanceof Answer.Done done && !done.events().isEmpty()) {
            database.sql(
                            "update job set worker = null, leased_until = cast(? as timestamptz) where case_id = ? and step = ?")
                    .param(1, retryIn == null ? null : offset(clock.instant().plus(retryIn)))
                    .param(2, caseId)
                    .param(3, step)
                    .update();
            wakeup.signal();
        }
        return answer;
    }

    public Answer throwError(
            long caseId,
            int step,
            String code,
            @Nullable String message,
            SequencedMap<String, @Nullable Object> variables,
            Actor actor,
            Request.@Nullable Idempotency key) {
        return committer.perform(
                new Request(caseId, new Command.ThrowError(step, code, message, variables), actor, null, key, false));
    }

    private static OffsetDateTime offset(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
