package io.baton.server.directory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The one way to change the directory. Changes are made one after the other, over all nodes: so what a change looked at
 * before it wrote is still so when it commits. Each counts here, so that this node's roster is never behind.
 */
public final class Changes {

    private static final String LOCK = "select version from directory_version for update";

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final AtomicLong made = new AtomicLong();

    public Changes(JdbcClient database, TransactionTemplate transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    /** In a transaction of its own, or in the one that is under way. An exception undoes it. */
    public <T> T make(Supplier<T> change) {
        return transaction.execute(_ -> {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    made.incrementAndGet();
                }
            });
            database.sql(LOCK).query(Long.class).single();
            return change.get();
        });
    }

    /** How many changes this node has committed. */
    long made() {
        return made.get();
    }
}
