package io.baton.server.live;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Changes that wait for one reader: however many there are, they take no more room than a few names. */
final class Gathered {

    /** More cases than this are "everything": a screen then reads all it shows again. */
    static final int CASES_MAX = 200;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Set<Long> cases = new LinkedHashSet<>();
    private boolean everything;
    private boolean company;
    private boolean closed;

    void add(Change change) {
        lock.lock();
        try {
            company |= change.company();
            if (!everything) {
                cases.addAll(change.cases());
                everything = change.everything() || cases.size() > CASES_MAX;
            }
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a change, or until it is closed or the time is over; then it is empty. */
    Optional<Change> take(Duration longest) {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (gathered().isNone() && !closed && left > 0) {
                left = news.awaitNanos(left);
            }
            var change = gathered();
            if (change.isNone()) {
                return Optional.empty();
            }
            cases.clear();
            everything = false;
            company = false;
            return Optional.of(change);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private Change gathered() {
        return new Change(everything, company, everything ? List.of() : List.copyOf(cases));
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
