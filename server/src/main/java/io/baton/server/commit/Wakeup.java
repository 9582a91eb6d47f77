package io.baton.server.commit;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes those who wait for news on this node. Look first, then wait for what came after the look: nothing is missed. */
public final class Wakeup {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private long signals;

    public void signal() {
        lock.lock();
        try {
            signals++;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Take this before looking. */
    public long seen() {
        lock.lock();
        try {
            return signals;
        } finally {
            lock.unlock();
        }
    }

    /** Returns at once if there was a signal since {@code seen}, else after one, or after {@code longest}. */
    public void await(long seen, Duration longest) {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (signals == seen && left > 0) {
                left = news.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
