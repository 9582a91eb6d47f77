package io.baton.server.insight;

import io.baton.server.commit.UnavailableException;
import io.baton.server.processes.Deployments;
import io.baton.server.pumps.Pump;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Questions about all cases at once, answered from memory and yet exact: each is asked in a transaction that reads one
 * snapshot of the database, to which the {@link Picture} is brought first. As a background loop it keeps the way to that
 * snapshot short.
 */
public final class Insight implements Pump.Work {

    /** What ended longer ago is in no number and no list by time: the longest period, and the four before it. */
    static final Duration HORIZON = Duration.ofDays(5L * Period.DAYS_MAX + 1);

    /** A question waits this long for the one before it, or for the first look at a large database. */
    private static final Duration WAIT_MAX = Duration.ofSeconds(20);

    private static final Duration EVERY = Duration.ofSeconds(1);

    /** While nobody looks, it is enough that the way does not become long. */
    private static final Duration EVERY_IDLE = Duration.ofMinutes(1);

    private static final Duration IDLE_AFTER = Duration.ofMinutes(2);

    private final JdbcClient database;
    private final FinishedWords finished;
    private final TransactionTemplate transaction;
    private final Picture picture;
    private final Deployments deployments;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock(true);
    private volatile Instant lastAsked = Instant.MIN;
    private volatile Instant lastSeen = Instant.MIN;

    public Insight(
            JdbcClient database,
            TransactionTemplate transaction,
            Deployments deployments,
            FinishedWords finished,
            Clock clock) {
        this.database = database;
        this.finished = finished;
        this.transaction = new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()));
        this.transaction.setIsolationLevel(TransactionTemplate.ISOLATION_REPEATABLE_READ);
        this.transaction.setReadOnly(true);
        this.picture = new Picture(database, deployments);
        this.deployments = deployments;
        this.clock = clock;
    }

    /** What the question reads of the database beside is of the same snapshot. One question at a time. */
    public <T> T ask(Function<Reading, T> question) {
        lastAsked = clock.instant();
        return read(question);
    }

    /** {@code more}: there are more than asked for. Open cases come first, and of both the newest. */
    public record Found(List<Long> cases, boolean more) {}

    /**
     * Exact as far as {@link FinishedWords} have come, which a lone node always brings to the moment of the question; then
     * says what the reading and what was found amount to.
     */
    public <T> T search(SearchQuery query, int limit, BiFunction<Reading, Found, T> answer) {
        finished.catchUp();
        var lines = query.lines();
        return ask(reading -> {
            var found = new ArrayList<>(reading.search(lines, limit + 1));
            if (found.size() <= limit) {
                var _ = database.sql("select set_config('enable_seqscan', 'off', true)")
                        .query(String.class)
                        .single();
                found.addAll(finished.find(query, lines.rarest(), limit + 1 - found.size()));
            }
            boolean more = found.size() > limit;
            return answer.apply(reading, new Found(more ? found.subList(0, limit) : found, more));
        });
    }

    private <T> T read(Function<Reading, T> question) {
        enter();
        try {
            var answer = transaction.execute(_ -> {
                var now = clock.instant();
                picture.catchUp(now.minus(HORIZON), now);
                lastSeen = now;
                return question.apply(new Reading(picture, deployments, now));
            });
            return Objects.requireNonNull(answer);
        } finally {
            lock.unlock();
        }
    }

    /** Of the picture as it stands, which may be behind. */
    <T> T seen(Function<Reading, T> question) {
        enter();
        try {
            return question.apply(new Reading(picture, deployments, clock.instant()));
        } finally {
            lock.unlock();
        }
    }

    private void enter() {
        try {
            if (!lock.tryLock(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new UnavailableException("Too many questions about all cases at once; try again in a moment.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted", e);
        }
    }

    @Override
    public Duration tick() {
        var now = clock.instant();
        var idle = lastAsked.isBefore(now.minus(IDLE_AFTER));
        if (!idle || lastSeen.isBefore(now.minus(EVERY_IDLE))) {
            var _ = read(Reading::openCases);
        }
        return EVERY;
    }
}
